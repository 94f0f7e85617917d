"""The widget's built files: their addresses, how long they may be kept, and their digests."""

import gzip
import hashlib
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fastapi import APIRouter, Request, Response

router = APIRouter()

DIST = Path(__file__).parent / "dist"
FOLDER = "/widget/v1/"
LOADER = "loader.js"
TYPES = {".js": "text/javascript; charset=utf-8", ".json": "application/json"}
# Any page may load these, also one that isolates itself (Cross-Origin-Embedder-Policy).
OPEN = {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}


@dataclass(frozen=True, slots=True)
class BuiltFile:
    """``pinned`` files have their content's digest in their name and never change."""

    body: bytes
    zipped: bytes
    etag: str
    pinned: bool

    @property
    def integrity(self) -> str:
        """For a tag's ``integrity`` (https://www.w3.org/TR/SRI/)."""
        return "sha384-" + b64encode(hashlib.sha384(self.body).digest()).decode()


@cache
def built_files() -> Mapping[str, BuiltFile]:
    """Every file by name; the loader twice, once pinned."""
    files = {path.name: path.read_bytes() for path in DIST.iterdir()}
    found = {name: _built(body, name != LOADER) for name, body in files.items()}
    return found | {pinned_loader(): _built(files[LOADER], True)}


def pinned_loader() -> str:
    """The loader's name with its digest, which a page can pin."""
    return f"loader-{hashlib.sha256((DIST / LOADER).read_bytes()).hexdigest()[:12]}.js"


def _built(body: bytes, pinned: bool) -> BuiltFile:
    return BuiltFile(body, gzip.compress(body, 9, mtime=0), f'"{hashlib.sha256(body).hexdigest()[:16]}"', pinned)


@router.get(FOLDER + "{name}", include_in_schema=False)
def widget_file(name: str, request: Request) -> Response:
    """A built file; pinned ones may be kept for a year, the loader is asked for again each time (and mostly 304)."""
    found = built_files().get(name)
    if found is None:
        return Response(status_code=404, headers=OPEN)
    kept = "public, max-age=31536000, immutable" if found.pinned else "public, no-cache"
    headers = OPEN | {"Cache-Control": kept, "ETag": found.etag, "Vary": "Accept-Encoding"}
    if request.headers.get("if-none-match") == found.etag:
        return Response(status_code=304, headers=headers)
    zips = "gzip" in request.headers.get("accept-encoding", "")
    body, encoding = (found.zipped, {"Content-Encoding": "gzip"}) if zips else (found.body, {})
    return Response(body, headers=headers | encoding, media_type=TYPES[Path(name).suffix])
