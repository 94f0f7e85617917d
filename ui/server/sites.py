"""Sites that may ask from their pages: a public key each, and the exact origins it is good for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from knowledge.errors import UnknownSetting

EXAMPLE = 'write it like "docs=https://docs.example.com https://www.example.com; blog=https://blog.example.com"'


@dataclass(frozen=True, slots=True)
class Sites:
    """``origins`` by site key. A key is no secret; it names the site, the origin is what is checked."""

    origins: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def admit(self, key: str, origin: str | None, host: str) -> bool:
        """May a request come in: no browser's origin, our own, or one that its site's key is good for?"""
        if origin is None:
            return True
        return origin.partition("://")[2] == host or origin in self.origins.get(key, frozenset())

    @property
    def all_origins(self) -> list[str]:
        """The origins of every site."""
        return sorted(frozenset().union(*self.origins.values()))


def read_sites(text: str) -> Sites:
    """The sites of the setting ``sites``; empty means our own origin only.

    Raises:
        UnknownSetting: an entry without a key, or an origin that is not one.
    """
    found = {}
    for entry in filter(None, (part.strip() for part in text.split(";"))):
        key, _, origins = entry.partition("=")
        if not key.strip() or not origins.split():
            raise UnknownSetting(f"FOOTNOTE_SITES has the entry {entry!r}", EXAMPLE)
        found[key.strip()] = frozenset(_origin(origin) for origin in origins.split())
    return Sites(found)


def _origin(text: str) -> str:
    try:
        parts = urlsplit(text)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in ("http", "https") or f"{parts.scheme}://{parts.netloc}" != text or "*" in text:
        raise UnknownSetting(f"FOOTNOTE_SITES has {text!r}, which is no origin (scheme, host and port only)", EXAMPLE)
    return text.lower()
