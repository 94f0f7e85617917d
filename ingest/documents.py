"""Documents: what a source consists of, each with its bytes and what is known of it before it is read."""

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from ingest.about import About
from ingest.fetching.page import Page
from ingest.fetching.shelf import Shelf
from ingest.formats import BY_MEDIA_TYPE, format_of
from ingest.rejection import Rejected


class Readable(Protocol):
    """A file or a page; ``origin`` is what the owner is told."""

    @property
    def origin(self) -> str:
        """Where it is from."""

    @property
    def about(self) -> About:
        """What is known of it."""

    def data(self) -> bytes:
        """Its bytes.

        Raises:
            Rejected: there are none to be had.
        """


@dataclass(frozen=True, slots=True)
class Document:
    """A file to read."""

    path: Path
    article_id: str

    @property
    def origin(self) -> str:
        """The path."""
        return str(self.path)

    @property
    def about(self) -> About:
        """By its name alone."""
        return About(self.article_id, self.path.suffix.lower(), self.path.stem)

    def data(self) -> bytes:
        """Its bytes.

        Raises:
            Rejected: of no type that is read, unreadable, too large, or with a name that is no text.
        """
        try:
            self.origin.encode()  # else it cannot be an id, nor be written to the catalogue
            if not self.path.is_file():
                raise Rejected("not a regular file")
            size, limit = self.path.stat().st_size, format_of(self.about).most_bytes
            if size > limit:
                raise Rejected(f"{size:,} bytes; at most {limit:,} are read. Split it")
            return self.path.read_bytes()
        except UnicodeEncodeError:
            raise Rejected("its name is not valid UTF-8; rename it") from None
        except OSError as error:
            raise Rejected(f"cannot be read: {error.strerror}") from error


@dataclass(frozen=True, slots=True)
class PageDocument:
    """A page on the shelf, or the reason why it did not get there."""

    origin: str
    url: str
    content_type: str
    shelf: Shelf
    failure: Rejected | None = None

    @property
    def about(self) -> About:
        """By its address and the type the site gave."""
        kind = BY_MEDIA_TYPE.get(self.content_type.split(";", maxsplit=1)[0].strip().lower())
        suffix = kind.suffixes[0] if kind else Path(self.url).suffix.lower()
        return About(self.url, suffix, self.url, self.url, self.content_type)

    def data(self) -> bytes:
        """The body as it was fetched.

        Raises:
            Rejected: it was not fetched.
        """
        page: Page | None = None if self.failure else self.shelf.get(self.origin)
        if page is None:
            raise self.failure or Rejected("the fetched page is gone from the data folder; ingest again")
        return page.body
