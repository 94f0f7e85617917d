"""Vectors by the hash of their text: an edit that is taken back, or a rebuild of the index, computes nothing again.

A file of its own in the data folder, beside the catalogue: nothing depends on it, and it may be deleted at any time.
"""

import hashlib
import logging
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import numpy as np

from knowledge.embedder import Embedder, Vectors

FILE = "embeddings.sqlite"

TABLE = "CREATE TABLE IF NOT EXISTS vectors (model TEXT, text BLOB, vector BLOB, PRIMARY KEY (model, text))"

log = logging.getLogger(__name__)


class EmbeddingCache:
    """The ``embedder``'s vectors of passages, kept under its fingerprint: those of two models never mix."""

    def __init__(self, folder: Path, embedder: Embedder) -> None:
        self._file = folder / FILE
        self._embedder = embedder

    def passages(self, texts: Sequence[str]) -> tuple[Vectors, int]:
        """Vectors of shape ``(len(texts), dimension)``, and how many were computed. A damaged file is made anew."""
        try:
            return self._passages(texts)
        except sqlite3.OperationalError:  # a disk that is full, not a file that is damaged
            raise
        except sqlite3.DatabaseError as error:
            log.warning("%s cannot be used (%s) and is made anew", self._file, error)
            self._file.unlink(missing_ok=True)
            return self._passages(texts)

    def _passages(self, texts: Sequence[str]) -> tuple[Vectors, int]:
        model, keys = self._embedder.fingerprint().digest, [_key(text) for text in texts]
        with self._open() as connection:
            query = "SELECT vector FROM vectors WHERE model = ? AND text = ?"
            rows = {key: connection.execute(query, (model, key)).fetchone() for key in set(keys)}
            known = {key: np.frombuffer(row[0], dtype=np.float32) for key, row in rows.items() if row}
            missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
            made = dict(zip(missing, self._embedder.embed_passages(list(missing.values())), strict=True))
            new = [(model, key, vector.astype(np.float32).tobytes()) for key, vector in made.items()]
            connection.executemany("INSERT INTO vectors VALUES (?, ?, ?)", new)
        known |= made
        return np.stack([known[key] for key in keys]), len(made)

    def __len__(self) -> int:
        """How many vectors it holds, of all models."""
        with self._open() as connection:
            return int(connection.execute("SELECT count(*) FROM vectors").fetchone()[0])

    def keep_only(self, texts: Iterable[str]) -> None:
        """Forget the vectors of all other texts, and of all other models."""
        with self._open() as connection:
            connection.execute("CREATE TEMP TABLE kept (text BLOB PRIMARY KEY)")
            connection.executemany("INSERT OR IGNORE INTO kept VALUES (?)", ((_key(text),) for text in texts))
            gone = "DELETE FROM vectors WHERE model != ? OR text NOT IN (SELECT text FROM kept)"
            connection.execute(gone, (self._embedder.fingerprint().digest,))

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self._file)) as connection, connection:
            connection.execute(TABLE)
            yield connection


def _key(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()
