"""Sources: what an owner points at, and the documents found there. Each is its own sync scope.

A source is a folder (nested, files of all kinds), a single file, or a site (``ingest.site``).
"""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from ingest.documents import Document, Readable
from ingest.site import CRAWL, Site, Web
from knowledge.errors import SourceNotFound

BUNDLED = "bundled"
ADDRESSES = ("http://", "https://", CRAWL)


class Source(Protocol):
    """What sync needs of a source: ``key`` is how the catalogue knows it, ``place`` how messages call it, ``name`` goes
    in front of an article id that another source has, ``unseen`` says why documents may be missing (then none is gone).
    """

    key: str
    unseen: str

    @property
    def name(self) -> str:
        """Short name."""

    @property
    def place(self) -> str:
        """Where it is."""

    def documents(self) -> Iterator[Readable]:
        """Every document; may be asked for more than once."""


@dataclass(slots=True)
class Files:
    """A folder or a file; ``key`` is its absolute path, or ``bundled``."""

    key: str
    path: Path
    unseen: str = ""

    @property
    def place(self) -> str:
        """The path."""
        return str(self.path)

    @property
    def name(self) -> str:
        """Short name, put in front of an article id that another source already has."""
        return self.key if self.key == BUNDLED else self.path.stem

    def documents(self) -> Iterator[Document]:
        """Every file, in order of name; hidden files and folders are passed over, links to folders not followed."""
        if self.path.is_file():
            yield Document(self.path, self.path.stem)
            return
        for folder, folders, files in os.walk(self.path, onerror=_unreadable):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            for name in sorted(files):
                if not name.startswith("."):
                    path = Path(folder, name)
                    yield Document(path, path.relative_to(self.path).with_suffix("").as_posix())


def _unreadable(error: OSError) -> None:
    """A folder that cannot be read must not look like one whose articles are gone."""
    raise SourceNotFound(
        f"the folder {error.filename} cannot be read: {error.strerror}",
        "mend its permissions; nothing of it was changed",
    ) from error


def find_source(given: str, web: Web | None = None) -> Source:
    """The source an owner named; addresses need to be told how to fetch (``web``).

    Raises:
        SourceNotFound: it does not exist.
    """
    if given == BUNDLED:
        return bundled()
    if web and given.startswith(ADDRESSES):
        return Site(given, web)
    path = Path(absolute(given))
    return Files(str(path), path)


def absolute(given: str) -> str:
    """``given`` as it means the same from any working folder.

    Raises:
        SourceNotFound: it does not exist.
    """
    if given == BUNDLED or given.startswith(ADDRESSES):
        return given
    if "://" in given:
        raise SourceNotFound(f"{given!r} is no address that is read", "give one of http:// or https://, or a path")
    path = Path(given).expanduser().resolve()
    if not path.exists():
        raise SourceNotFound(f"there is no file or folder {given!r}", "check the path; quote it if it has spaces")
    return str(path)


def watched(sources: Sequence[str]) -> list[Path]:
    """The folders and files among ``sources``, to be watched for changes.

    Raises:
        SourceNotFound: there is none.
    """
    found = [Path(given) for given in sources if given != BUNDLED and not given.startswith(ADDRESSES)]
    if not found:
        raise SourceNotFound(
            "--watch watches folders and files, and none is given", "a site is visited with --every 6h"
        )
    return found


def bundled() -> Files:
    """The articles that ship with Footnote."""
    import knowledge

    return Files(BUNDLED, Path(knowledge.__file__).parent / "articles")
