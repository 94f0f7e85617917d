"""The formats that are read: one table of suffixes, media types, limits and readers.

A reader's libraries are imported where it reads, which is in the child process.
"""

from collections.abc import Callable
from dataclasses import dataclass

from ingest.about import About
from ingest.readers.draft import Draft
from ingest.rejection import Rejected


@dataclass(frozen=True, slots=True)
class Format:
    """``media_types`` are what sites send it as; ``most_bytes`` of a document are read."""

    name: str
    suffixes: tuple[str, ...]
    media_types: tuple[str, ...]
    most_bytes: int
    draft: Callable[[bytes, About], Draft]


def _markdown(data: bytes, _about: About) -> Draft:
    from ingest import front_matter
    from ingest.readers import decoding, markdown

    fields, body = front_matter.split(decoding.utf8(data))
    return Draft(body, markdown.blocks, fields)


def _plain(data: bytes, _about: About) -> Draft:
    from ingest import front_matter
    from ingest.readers import decoding, plain

    fields, body = front_matter.split(decoding.utf8(data))
    return Draft(body, plain.blocks, fields)


def _html(data: bytes, about: About) -> Draft:
    from ingest.readers import html

    return html.draft(data, about.content_type, about.url)


def _pdf(data: bytes, _about: About) -> Draft:
    from ingest.readers import pdf

    return pdf.draft(data)


def _docx(data: bytes, _about: About) -> Draft:
    from ingest.readers import docx

    return docx.draft(data)


# markdown-it-py needs 10 to 20 seconds for the worst megabyte; an article has some 10 kB.
MARKDOWN = Format("Markdown", (".md", ".markdown"), ("text/markdown",), 1_000_000, _markdown)
TEXT = Format("text", (".txt",), ("text/plain",), 1_000_000, _plain)
HTML = Format("HTML", (".html", ".htm"), ("text/html", "application/xhtml+xml"), 5_000_000, _html)
PDF = Format("PDF", (".pdf",), ("application/pdf",), 30_000_000, _pdf)
DOCX = Format(
    "DOCX",
    (".docx",),
    ("application/vnd.openxmlformats-officedocument.wordprocessingml.document",),
    30_000_000,
    _docx,
)
FORMATS = (MARKDOWN, TEXT, HTML, PDF, DOCX)

BY_SUFFIX = {suffix: one for one in FORMATS for suffix in one.suffixes}
BY_MEDIA_TYPE = {media_type: one for one in FORMATS for media_type in one.media_types}


def format_of(about: About) -> Format:
    """The format of a document.

    Raises:
        Rejected: none that is read.
    """
    found = BY_SUFFIX.get(about.suffix)
    if found is None:
        shown = about.content_type or about.suffix or "(none)"
        raise Rejected(f"unknown type {shown}; read are {', '.join(BY_SUFFIX)}")
    return found
