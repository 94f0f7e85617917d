"""The catalogue: articles and their chunks in SQLite, the source of truth.

Every write is one transaction: a reader sees an article wholly old or wholly new, also after kill -9.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, fields
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, delete, func, insert, select, update

from knowledge import alike, fulltext, generations
from knowledge.aliases import canonicals
from knowledge.article import Article, Known, Provenance, article_from, blocks_from
from knowledge.candidate import Candidate
from knowledge.chunk import Chunk
from knowledge.database import open_database, rows
from knowledge.hit import Hit
from knowledge.memo import Memo
from knowledge.schema import articles, chunks

FILE = "catalogue.sqlite"

# SQLite's default limit of bound values per statement is 32,766; reads by id stay far below.
IDS_PER_READ = 500

# Hits in memory, some 4 kB each.
HITS = 2000

KNOWN = (articles.c.source, articles.c.origin, articles.c.content_hash, func.length(articles.c.text))
HELD = "SELECT source, origin, content_hash, length(text) FROM articles WHERE article_id = ?"
SECTION = "SELECT chunk_id FROM chunks WHERE generation = ? AND article_id = ? AND section = ?"
HIT = [field.name for field in fields(Hit) if field.name not in ("score", "stages")]

Found = TypeVar("Found")


class Catalogue:
    """Reads and writes articles and chunks; ``generation`` arguments are ``generations.generation``.

    ``version`` is another one after each write of this process.
    """

    def __init__(self, folder: Path) -> None:
        self.engine = open_database(folder / FILE)
        # This process is the only one that writes, by ``transaction``; None while one is being committed.
        self._memo: Memo | None = Memo()
        self.version = 0

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """All or nothing."""
        try:
            with self.engine.begin() as connection:
                yield connection
                self._memo = None
        finally:
            self._memo = Memo()
            self.version += 1

    def article(self, article_id: str) -> Article | None:
        """One article, or None."""
        with self.engine.connect() as connection:
            row = connection.execute(select(articles).where(articles.c.article_id == article_id)).mappings().first()
        return article_from(row) if row else None

    def articles(self) -> Iterator[Article]:
        """Every article, by id, a hundred in memory at a time."""
        with self.engine.connect() as connection:
            query = select(articles).order_by(articles.c.article_id)
            for row in connection.execution_options(yield_per=100).execute(query).mappings():
                yield article_from(row)

    def held(self, article_id: str) -> Known | None:
        """What there is under an id; read for every document of a run."""
        with self.engine.connect() as connection:
            found = rows(connection, HELD, (article_id,))
        return Known(*found[0]) if found else None

    def known(self, source: str | None = None) -> Iterator[tuple[str, Known]]:
        """``article_id`` and what there is under it, of one source or of all, by id, some in memory at a time."""
        query = select(articles.c.article_id, *KNOWN).order_by(articles.c.article_id)
        if source is not None:
            query = query.where(articles.c.source == source)
        with self.engine.connect() as connection:
            for row in connection.execution_options(yield_per=100).execute(query):
                yield row[0], Known(*row[1:])

    def size(self, source: str) -> tuple[int, int]:
        """How many articles a source has, and how many characters they have together."""
        query = select(func.count(), func.sum(func.length(articles.c.text))).where(articles.c.source == source)
        with self.engine.connect() as connection:
            count, characters = connection.execute(query).one()
        return count, characters or 0

    def sources(self) -> dict[str, int]:
        """How many articles each source has."""
        query = select(articles.c.source, func.count()).group_by(articles.c.source).order_by(articles.c.source)
        with self.engine.connect() as connection:
            return {row[0]: row[1] for row in connection.execute(query)}

    def write(
        self,
        connection: Connection,
        article: Article,
        provenance: Provenance,
        written: Sequence[Chunk],
        generation: int,
    ) -> None:
        """Replace an article and its chunks in ``generation``."""
        self.remove(connection, [article.article_id])
        row = asdict(article) | asdict(provenance) | {"content_hash": article.content_hash}
        connection.execute(insert(articles), row)
        self.write_chunks(connection, written, article.language, generation)

    def write_chunks(self, connection: Connection, written: Sequence[Chunk], language: str, generation: int) -> None:
        """Add the chunks of one article to ``generation``."""
        for chunk in written:
            result = connection.execute(insert(chunks), asdict(chunk) | {"generation": generation})
            assert result.inserted_primary_key is not None  # noqa: S101 (for the type checker)
            fulltext.add(connection, result.inserted_primary_key[0], chunk.indexed_text, language)

    def remove(self, connection: Connection, article_ids: Sequence[str]) -> None:
        """Drop articles with their chunks, in every generation."""
        for article_id in article_ids:
            fulltext.remove_article(connection, article_id)
            connection.execute(delete(articles).where(articles.c.article_id == article_id))

    def move(self, connection: Connection, origins: Mapping[str, str]) -> None:
        """Note in which documents articles are found now."""
        for article_id, origin in origins.items():
            connection.execute(update(articles).where(articles.c.article_id == article_id).values(origin=origin))

    def chunk_ids(self, generation: int, article_id: str | None = None) -> set[str]:
        """Ids of the chunks of one article, or of all."""
        query = select(chunks.c.chunk_id).where(chunks.c.generation == generation)
        if article_id is not None:
            query = query.where(chunks.c.article_id == article_id)
        with self.engine.connect() as connection:
            return set(connection.scalars(query))

    def indexed_texts(self, generation: int, wanted: Iterable[str]) -> dict[str, str]:
        """The text that is embedded, by chunk id."""
        return dict(self._chunks(("chunk_id", "indexed_text"), generation, list(wanted)))

    def candidates(self, generation: int, wanted: Sequence[str]) -> list[Candidate]:
        """The chunks of these ids that the catalogue has, in order."""
        name = f"candidates {generation}"
        found = self._kept(lambda memo: memo.each(name, wanted, lambda ids: self._candidates(generation, ids)))
        return list(found.values())

    def texts(self, generation: int, wanted: Sequence[str]) -> list[str]:
        """The texts of these chunks, in the order asked for; empty for one that an ingest has just taken out."""
        found = self._hits(generation, wanted)
        return [found[chunk]["text"] if chunk in found else "" for chunk in wanted]

    def hits(self, generation: int, scored: Mapping[str, tuple[float, Mapping[str, float]]]) -> list[Hit]:
        """Hits for ``chunk_id -> (score, stages)``, best first; ids the catalogue lacks are left out."""
        found = self._hits(generation, scored)
        hits = [Hit(**values, score=scored[chunk][0], stages=scored[chunk][1]) for chunk, values in found.items()]
        return sorted(hits, key=lambda hit: (-hit.score, hit.chunk_id))

    def chunks_of(self, source: str, generation: int) -> int:
        """How many chunks a source has."""
        query = select(func.count()).select_from(chunks).join(articles).where(chunks.c.generation == generation)
        with self.engine.connect() as connection:
            return connection.scalar(query.where(articles.c.source == source)) or 0

    def canonicals(self) -> dict[str, str]:
        """Each article that nearly repeats others, to the one that stands for them; see ``knowledge.aliases``."""
        return self._kept(lambda memo: memo.one("canonicals", self._canonicals))

    def languages(self) -> list[str]:
        """The languages of the articles, most frequent first."""
        return list(self._kept(lambda memo: memo.one("languages", self._languages)))

    def count(self, generation: int | None) -> tuple[int, int]:
        """How many articles there are, and how many chunks in ``generation``."""
        return self._kept(lambda memo: memo.one(f"count {generation}", lambda: self._count(generation)))

    def document_counts(self, wanted: Iterable[str]) -> dict[str, int]:
        """In how many chunks each term stands; terms that stand nowhere are left out."""
        found = self._kept(lambda memo: memo.each("terms", wanted, self._document_counts))
        return {term: count for term, count in found.items() if count}

    def vocabulary(self, letter: str) -> list[str]:
        """The indexed terms that begin with ``letter``, the most frequent first."""
        return self._kept(lambda memo: memo.one(f"vocabulary {letter}", lambda: self._vocabulary(letter)))

    def active(self) -> generations.Generation | None:
        """The generation that readers see, or None in a new data folder."""
        return self._kept(lambda memo: memo.one("active", self._active))

    def section(self, generation: int, article_id: str, section: str) -> list[Hit]:
        """All chunks of one section of an article, in reading order; their score is 0."""
        with self.engine.connect() as connection:
            here = rows(connection, SECTION, (generation, article_id, section))
        found = {chunk: (0.0, dict[str, float]()) for (chunk,) in here}
        return sorted(self.hits(generation, found), key=lambda hit: hit.ordinal)

    def _kept(self, read: Callable[[Memo], Found]) -> Found:
        """What ``read`` finds, all of it as it was before a transaction, or all as it is after it."""
        while True:
            memo = self._memo
            found = read(memo or Memo())
            if memo is self._memo:
                return found

    def _canonicals(self) -> dict[str, str]:
        with self.engine.connect() as connection:
            return canonicals(*alike.pairs(connection))

    def _hits(self, generation: int, wanted: Iterable[str]) -> dict[str, dict[str, Any]]:
        """The fields of hits but for their scores, by chunk id."""

        def find(missing: list[str]) -> dict[str, dict[str, Any]]:
            rows = (dict(zip(HIT, row, strict=True)) for row in self._chunks(HIT, generation, missing))
            return {row["chunk_id"]: _hit(row) for row in rows}

        return self._kept(lambda memo: memo.each(f"hits {generation}", wanted, find, HITS))

    def _candidates(self, generation: int, wanted: Sequence[str]) -> dict[str, Candidate]:
        return {row[0]: Candidate(*row) for row in self._chunks(Candidate._fields, generation, wanted)}

    def _count(self, generation: int | None) -> tuple[int, int]:
        inside = select(func.count()).select_from(chunks).where(chunks.c.generation == generation)
        with self.engine.connect() as connection:
            found = connection.scalar(select(func.count()).select_from(articles)) or 0
            return found, connection.scalar(inside) or 0

    def _document_counts(self, wanted: list[str]) -> dict[str, int]:
        with self.engine.connect() as connection:
            return dict.fromkeys(wanted, 0) | fulltext.document_counts(connection, wanted)

    def _vocabulary(self, letter: str) -> list[str]:
        with self.engine.connect() as connection:
            return fulltext.vocabulary(connection, letter)

    def _active(self) -> generations.Generation | None:
        with self.engine.connect() as connection:
            return generations.active(connection)

    def _languages(self) -> list[str]:
        query = select(articles.c.language).group_by(articles.c.language).order_by(func.count().desc())
        with self.engine.connect() as connection:
            return list(connection.scalars(query))

    def _chunks(self, columns: Sequence[str], generation: int, wanted: Sequence[str]) -> list[tuple[Any, ...]]:
        """These columns of chunks and their articles, by chunk id, as the database has them."""
        found: list[tuple[Any, ...]] = []
        with self.engine.connect() as connection:
            for at in range(0, len(wanted), IDS_PER_READ):
                part = wanted[at : at + IDS_PER_READ]
                found += rows(connection, _by_id(tuple(columns), len(part)), (generation, *part))
        return found


@cache
def _by_id(columns: tuple[str, ...], count: int) -> str:
    named = ", ".join(f"chunks.{name}" if name in chunks.c else f"articles.{name}" for name in columns)
    return (
        f"SELECT {named} FROM chunks JOIN articles USING (article_id) "  # noqa: S608 (names of columns, and marks)
        f"WHERE generation = ? AND chunk_id IN ({','.join('?' * count)})"
    )


def _hit(row: Mapping[str, Any]) -> dict[str, Any]:
    return {**row, "local_only": bool(row["local_only"]), "blocks": blocks_from(json.loads(row["blocks"]))}
