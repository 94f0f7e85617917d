"""What a run has seen of a source, outside of memory: SQLite's own temporary file, which is gone with the run."""

import sqlite3

TABLES = (
    "CREATE TABLE articles (article_id TEXT PRIMARY KEY, origin TEXT) WITHOUT ROWID",
    "CREATE TABLE unreadable (origin TEXT PRIMARY KEY) WITHOUT ROWID",
)


class Seen:
    """Articles with the document each stands in, and documents that could not be read."""

    def __init__(self) -> None:
        self._connection = sqlite3.connect(
            "", isolation_level=None, check_same_thread=False
        )  # one thread after the other
        for table in TABLES:
            self._connection.execute(table)

    def __bool__(self) -> bool:
        """Was there an article?"""
        return self._connection.execute("SELECT 1 FROM articles LIMIT 1").fetchone() is not None

    def add(self, article_id: str, origin: str) -> None:
        """An article was read."""
        self._connection.execute("INSERT INTO articles VALUES (?, ?)", (article_id, origin))

    def add_unreadable(self, origin: str) -> None:
        """A document could not be read. Its name may be no text, of which SQLite takes none."""
        self._connection.execute("INSERT OR IGNORE INTO unreadable VALUES (?)", (_bytes(origin),))

    def origin(self, article_id: str) -> str | None:
        """In which document the article was."""
        row = self._connection.execute("SELECT origin FROM articles WHERE article_id = ?", (article_id,)).fetchone()
        return row[0] if row else None

    def is_unreadable(self, origin: str) -> bool:
        """Could it not be read?"""
        query = "SELECT 1 FROM unreadable WHERE origin = ?"
        return self._connection.execute(query, (_bytes(origin),)).fetchone() is not None


def _bytes(origin: str) -> bytes:
    return origin.encode("utf-8", "surrogateescape")
