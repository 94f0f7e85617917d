"""A page as it was fetched."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Page:
    """``url`` is the address after redirects; ``content_type`` the header as it came, ``etag`` and ``modified`` too."""

    url: str
    content_type: str
    body: bytes
    etag: str = ""
    modified: str = ""
