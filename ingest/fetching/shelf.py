"""The shelf: pages as last fetched, so that an unchanged one is only asked about, and a run that ended early goes on.

A file of its own in the data folder; nothing depends on it, and it may be deleted at any time.
"""

import sqlite3
import zlib
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from ingest.fetching.page import Page

FILE = "fetched.sqlite"
TABLE = (
    "CREATE TABLE IF NOT EXISTS pages (source TEXT, asked TEXT, url TEXT, content_type TEXT, body BLOB, etag TEXT,"
    " modified TEXT, PRIMARY KEY (source, asked))"
)


class Shelf:
    """The pages of one source, by the address they were asked for under."""

    def __init__(self, folder: Path, source: str) -> None:
        self._file = folder / FILE
        self._source = source

    def get(self, asked: str) -> Page | None:
        """The page, or None; a damaged file holds none."""
        with self._open() as connection:
            query = "SELECT url, content_type, body, etag, modified FROM pages WHERE source = ? AND asked = ?"
            row = connection.execute(query, (self._source, asked)).fetchone()
        return Page(row[0], row[1], zlib.decompress(row[2]), row[3], row[4]) if row else None

    def put(self, asked: str, page: Page) -> None:
        """Keep a page in place of its earlier version."""
        row = (self._source, asked, page.url, page.content_type, zlib.compress(page.body), page.etag, page.modified)
        with self._open() as connection:
            connection.execute("INSERT OR REPLACE INTO pages VALUES (?, ?, ?, ?, ?, ?, ?)", row)

    def keep_only(self, asked: Sequence[str]) -> None:
        """Forget the other pages of this source."""
        with self._open() as connection:
            connection.execute("CREATE TEMP TABLE kept (asked TEXT PRIMARY KEY)")
            connection.executemany("INSERT OR IGNORE INTO kept VALUES (?)", ((one,) for one in asked))
            gone = "DELETE FROM pages WHERE source = ? AND asked NOT IN (SELECT asked FROM kept)"
            connection.execute(gone, (self._source,))

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        self._file.parent.mkdir(parents=True, exist_ok=True)
        try:
            connection = self._connected()
        except sqlite3.DatabaseError:
            self._file.unlink()
            connection = self._connected()
        with closing(connection), connection:
            yield connection

    def _connected(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._file)
        try:
            connection.execute(TABLE)
        except sqlite3.DatabaseError:
            connection.close()
            raise
        return connection
