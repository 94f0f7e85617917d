"""Sources: what an owner points at, and the documents found there.

A source is a folder (nested, files of all kinds) or a single file. Each is its own sync scope.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from knowledge.errors import SourceNotFound

BUNDLED = "bundled"


@dataclass(frozen=True, slots=True)
class Document:
    """A file to read; ``article_id`` is used unless its front matter has one."""

    path: Path
    article_id: str


@dataclass(frozen=True, slots=True)
class Source:
    """``key`` is how the catalogue knows it: an absolute path, or ``bundled``."""

    key: str
    path: Path

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


def find_source(given: str) -> Source:
    """The source an owner named.

    Raises:
        SourceNotFound: it does not exist, or is an address.
    """
    if given == BUNDLED:
        return bundled()
    if "://" in given:
        raise SourceNotFound(
            f"{given!r} is an address; this version ingests folders and files",
            "save the pages as Markdown or text files and give their folder",
        )
    path = Path(given).expanduser().resolve()
    if not path.exists():
        raise SourceNotFound(f"there is no file or folder {given!r}", "check the path; quote it if it has spaces")
    return Source(str(path), path)


def bundled() -> Source:
    """The articles that ship with Footnote."""
    import knowledge

    return Source(BUNDLED, Path(knowledge.__file__).parent / "articles")
