"""What a reader is told of a document beside its bytes."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class About:
    """``article_id`` is used unless the document has one, ``name`` is the last choice for a title, ``url`` and
    ``content_type`` are those of a page.
    """

    article_id: str
    suffix: str
    name: str
    url: str | None = None
    content_type: str = ""
