"""The widget's built files: what the source says, light, and served as they should be."""

import gzip
import json
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from knowledge.wiring import Knowledge
from tests.ui.conftest import service_over
from ui.server.application import serving
from ui.widget.files import DIST, built_files, pinned_loader

WIDGET = DIST.parent
MOST_LOADER = 4 * 1024
MOST_TOTAL = 45_000

needs_node = pytest.mark.skipif(
    shutil.which("node") is None or not (WIDGET / "node_modules").exists(),
    reason="NO NODE or no ui/widget/node_modules: that the built widget fits its source is unproven, `make widget`",
)


def zipped(path: Path) -> int:
    return len(gzip.compress(path.read_bytes(), 9))


def test_the_loader_and_the_whole_widget_keep_to_their_weight() -> None:
    """The whole: loader, panel, and the heaviest language."""
    panel = next(DIST.glob("panel-*.js"))
    language = max(zipped(path) for path in DIST.glob("strings-*.json"))
    assert zipped(DIST / "loader.js") <= MOST_LOADER
    assert zipped(DIST / "loader.js") + zipped(panel) + language <= MOST_TOTAL


@needs_node
def test_the_built_files_are_what_the_source_says(tmp_path: Path) -> None:
    subprocess.run(["node", "build.mjs", str(tmp_path)], cwd=WIDGET, check=True, timeout=60)
    built = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert built == {path.name: path.read_bytes() for path in DIST.iterdir()}


@needs_node
def test_the_source_has_the_types_it_says() -> None:
    done = subprocess.run(
        ["node_modules/.bin/tsc", "--noEmit"], cwd=WIDGET, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stdout


def test_every_language_says_everything() -> None:
    english = set(re.findall(r"^  (\w+): ", (WIDGET / "src/strings/en.ts").read_text(encoding="utf-8"), re.MULTILINE))
    for path in (WIDGET / "src/strings").glob("*.json"):
        said = json.loads(path.read_text(encoding="utf-8"))
        assert set(said) == english
        assert all(text.strip() for text in said.values())


def test_the_lock_file_names_no_registry() -> None:
    assert '"resolved"' not in (WIDGET / "package-lock.json").read_text(encoding="utf-8")


def test_the_source_has_no_way_to_run_or_insert_text_and_no_foreign_host() -> None:
    """Model text reaches the page through the sanitiser alone, see ``markdown.ts``."""
    forbidden = (
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|postMessage"
        r"|addEventListener\(.message"
    )
    for path in (WIDGET / "src").rglob("*.ts"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(forbidden, text), path
        hosts = set(re.findall(r"https?://([\w.-]+)", text))
        assert hosts <= {"html.spec.whatwg.org", "wicg.github.io", "www.w3.org"}, path


@pytest.fixture
def server(base: Knowledge, ingest: Callable[..., Any]) -> Iterator[str]:
    ingest(bread="# Bread\n\nBread is baked from flour, water and salt.\n")
    with serving(service_over(base)) as url:
        yield url


def test_files_are_served_to_every_page_and_pinned_ones_for_good(server: str) -> None:
    for name, file in built_files().items():
        response = httpx.get(f"{server}/widget/v1/{name}", headers={"Origin": "https://any.example"})
        assert response.content == file.body
        assert response.headers["content-encoding"] == "gzip"
        assert response.headers["access-control-allow-origin"] == "*"
        assert response.headers["cross-origin-resource-policy"] == "cross-origin"
        assert ("immutable" in response.headers["cache-control"]) == (name != "loader.js")
        again = httpx.get(f"{server}/widget/v1/{name}", headers={"If-None-Match": response.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")
    plain = httpx.get(f"{server}/widget/v1/loader.js", headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert plain.content == built_files()[pinned_loader()].body


@pytest.mark.parametrize("name", ["loader-000000000000.js", "..%2f..%2fapi.py", "package.json", ""])
def test_nothing_else_is_served(server: str, name: str) -> None:
    response = httpx.get(f"{server}/widget/v1/{name}")
    assert response.status_code == 404 or "text/html" in response.headers["content-type"]
