"""Reading the catalogue beside a running server: SQLite allows it, and Chroma is not touched."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from knowledge.catalogue import FILE, Catalogue
from knowledge.errors import IndexEmpty


@contextmanager
def reading(folder: Path) -> Iterator[Catalogue]:
    """The catalogue of a data folder that exists.

    Raises:
        IndexEmpty: there is none.
    """
    if not (folder / FILE).exists():
        raise IndexEmpty(f"there is no knowledge base in {folder}", "run `footnote ingest`, or give another --data-dir")
    catalogue = Catalogue(folder)
    try:
        yield catalogue
    finally:
        catalogue.close()
