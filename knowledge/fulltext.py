"""The full-text index: FTS5 over stemmed terms, kept in the catalogue's database and its transactions.

Ranking is FTS5's own bm25 (Robertson's BM25 with k1 = 1.2, b = 0.75), a smaller number being a better match.
"""

from collections.abc import Iterable

from sqlalchemy import Connection, text

from knowledge.terms import terms


def add(connection: Connection, row: int, indexed_text: str, language: str) -> None:
    """Index a chunk's text under its ``chunks.row``."""
    statement = text("INSERT INTO chunk_terms(rowid, terms) VALUES (:row, :terms)")
    connection.execute(statement, {"row": row, "terms": " ".join(terms(indexed_text, language))})


def remove_article(connection: Connection, article_id: str) -> None:
    """Drop all chunks of an article from the index, in every generation."""
    _remove(connection, "article_id = :value", article_id)


def remove_generation(connection: Connection, generation: int) -> None:
    """Drop all chunks of a generation from the index."""
    _remove(connection, "generation = :value", generation)


def _remove(connection: Connection, condition: str, value: str | int) -> None:
    statement = f"DELETE FROM chunk_terms WHERE rowid IN (SELECT row FROM chunks WHERE {condition})"  # noqa: S608
    connection.execute(text(statement), {"value": value})


def search(connection: Connection, wanted: Iterable[str], generation: int, limit: int) -> dict[str, float]:
    """``chunk_id`` to BM25 score (larger is better) of the ``limit`` best chunks with any of the terms."""
    match = " OR ".join(f'"{term}"' for term in dict.fromkeys(wanted))
    if not match:
        return {}
    statement = text(
        "SELECT chunks.chunk_id, -bm25(chunk_terms) AS score"
        " FROM chunk_terms JOIN chunks ON chunks.row = chunk_terms.rowid"
        " WHERE chunk_terms MATCH :match AND chunks.generation = :generation ORDER BY score DESC LIMIT :limit"
    )
    rows = connection.execute(statement, {"match": match, "generation": generation, "limit": limit})
    return {row[0]: float(row[1]) for row in rows}


def document_counts(connection: Connection, wanted: Iterable[str]) -> dict[str, int]:
    """In how many chunks each term stands; terms that stand nowhere are left out."""
    statement = text("SELECT doc FROM term_counts WHERE term = :term")
    found = {term: connection.scalar(statement, {"term": term}) for term in set(wanted)}
    return {term: int(count) for term, count in found.items() if count}
