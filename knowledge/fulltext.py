"""The full-text index: FTS5 over stemmed terms, kept in the catalogue's database and its transactions.

Ranking is FTS5's own bm25 (Robertson's BM25 with k1 = 1.2, b = 0.75), title and headings counting twice; passages in
which words of the question stand side by side gain (the ordered pairs of Metzler & Croft 2005, "A Markov Random Field
Model for Term Dependencies").
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate, pairwise

from sqlalchemy import Connection, text

from knowledge.database import rows
from knowledge.terms import terms

# What a pair of neighbouring words counts beside a word.
PAIR = 0.3
# As many terms are searched, the rarest first, as stand in so many chunks together, but at least one: to score more
# rows costs more than they tell (Elasticsearch's common terms query).
COMMON = 3000

# The best first, and only of these the chunk: to look it up takes longer than to score it.
SEARCH = (
    "SELECT chunks.chunk_id, best.score, chunks.generation"
    " FROM (SELECT rowid, -bm25(chunk_terms) AS score FROM chunk_terms WHERE chunk_terms MATCH ?"
    " ORDER BY score DESC LIMIT ?) AS best JOIN chunks ON chunks.row = best.rowid ORDER BY best.score DESC"
)


def add(connection: Connection, row: int, indexed_text: str, language: str) -> None:
    """Index a chunk's text under its ``chunks.row``; its first line, title and headings, twice."""
    statement = text("INSERT INTO chunk_terms(rowid, terms) VALUES (:row, :terms)")
    heading = indexed_text.partition("\n")[0] if "\n" in indexed_text else ""
    indexed = terms(heading, language) + terms(indexed_text, language)
    connection.execute(statement, {"row": row, "terms": " ".join(indexed)})


def merge(connection: Connection) -> None:
    """Make one piece of those that writing leaves: every search looks into each."""
    connection.execute(text("INSERT INTO chunk_terms(chunk_terms) VALUES ('optimize')"))


def remove_article(connection: Connection, article_id: str) -> None:
    """Drop all chunks of an article from the index, in every generation."""
    _remove(connection, "article_id = :value", article_id)


def remove_generation(connection: Connection, generation: int) -> None:
    """Drop all chunks of a generation from the index."""
    _remove(connection, "generation = :value", generation)


def _remove(connection: Connection, condition: str, value: str | int) -> None:
    statement = f"DELETE FROM chunk_terms WHERE rowid IN (SELECT row FROM chunks WHERE {condition})"  # noqa: S608
    connection.execute(text(statement), {"value": value})


def search(
    connection: Connection, wanted: Sequence[str], counts: Mapping[str, int], generation: int, limit: int
) -> dict[str, float]:
    """``chunk_id`` to score (larger is better) of the ``limit`` best chunks with any of the terms.

    ``wanted`` are the question's terms in order, ``counts`` in how many chunks those that occur stand.
    """
    single = _run(connection, [f'"{term}"' for term in _rarest(wanted, counts)], generation, limit)
    pairs = [f'"{one} {other}"' for one, other in pairwise(wanted) if _tells(counts.get(one, 0), counts.get(other, 0))]
    return _with_pairs(single, _run(connection, pairs, generation, limit))


def _rarest(wanted: Iterable[str], counts: Mapping[str, int]) -> list[str]:
    there = sorted({term for term in wanted if term in counts}, key=lambda term: (counts[term], term))
    together = accumulate(counts[term] for term in there)
    return [term for at, (term, chunks) in enumerate(zip(there, together, strict=True)) if not at or chunks <= COMMON]


def _tells(one: int, other: int) -> bool:
    """Do both words of a pair occur, and is one of them rare enough to find it by?"""
    return 0 < min(one, other) <= COMMON


def _with_pairs(single: Mapping[str, float], pairs: Mapping[str, float]) -> dict[str, float]:
    return {chunk: score + PAIR * pairs.get(chunk, 0.0) for chunk, score in single.items()}


def _run(connection: Connection, phrases: Iterable[str], generation: int, limit: int) -> dict[str, float]:
    match = " OR ".join(dict.fromkeys(phrases))
    return _best(connection, match, generation, limit, limit) if match else {}


def _best(connection: Connection, match: str, generation: int, limit: int, depth: int) -> dict[str, float]:
    """The best of ``generation``, among the best ``depth`` of all; more where another generation takes places."""
    found = rows(connection, SEARCH, (match, depth))
    own = [(chunk, score) for chunk, score, of in found if of == generation]
    if len(own) < limit and len(found) == depth:
        return _best(connection, match, generation, limit, 2 * depth)
    return dict(own[:limit])


def document_counts(connection: Connection, wanted: Iterable[str]) -> dict[str, int]:
    """In how many chunks each term stands; terms that stand nowhere are left out."""
    asked = tuple(set(wanted))
    query = f"SELECT term, doc FROM term_counts WHERE term IN ({','.join('?' * len(asked))})"  # noqa: S608 (marks only)
    return dict(rows(connection, query, asked)) if asked else {}


def vocabulary(connection: Connection, letter: str) -> list[str]:
    """The indexed terms that begin with ``letter``, the most frequent first: all the index of that letter is read."""
    query = "SELECT term FROM term_counts WHERE term >= ? AND term < ? ORDER BY doc DESC"
    return [row[0] for row in rows(connection, query, (letter, chr(ord(letter) + 1)))]
