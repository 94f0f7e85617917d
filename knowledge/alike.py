"""The store of near-duplicates: what articles are compared by, and the pairs found (``ingest.near_duplicates``).

An article that is written anew or removed takes its rows with it.
"""

from collections.abc import Sequence

from sqlalchemy import Connection, func, insert, select, union

from knowledge.article import Article, article_from
from knowledge.schema import alike, articles, bands, signatures

# Articles that a new one is compared with: where a template makes more alike, some of them are enough.
LIKELY = 50


def uncompared(connection: Connection, limit: int) -> list[Article]:
    """Articles of which nothing is noted yet."""
    query = select(articles).where(articles.c.article_id.not_in(select(signatures.c.article_id))).limit(limit)
    return [article_from(row) for row in connection.execute(query).mappings()]


def note(connection: Connection, article_id: str, title: str, signature: bytes, article_bands: Sequence[int]) -> None:
    """Keep what an article is compared by."""
    connection.execute(insert(signatures), {"article_id": article_id, "title": title, "signature": signature})
    rows = [{"band": band, "article_id": article_id} for band in dict.fromkeys(article_bands)]
    connection.execute(insert(bands), rows)


def candidates(connection: Connection, article_id: str) -> list[tuple[Article, bytes]]:
    """Articles that share a band or the title with this one, with their signatures; at most ``LIKELY``."""
    here = select(bands.c.band).where(bands.c.article_id == article_id)
    title = select(signatures.c.title).where(signatures.c.article_id == article_id)
    near = union(
        select(bands.c.article_id).where(bands.c.band.in_(here)),
        select(signatures.c.article_id).where(signatures.c.title.in_(title)),
    )
    query = select(articles, signatures.c.signature).join(signatures)
    query = query.where(articles.c.article_id.in_(near), articles.c.article_id != article_id).limit(LIKELY)
    return [(article_from(row), row["signature"]) for row in connection.execute(query).mappings()]


def pair(connection: Connection, article_id: str, others: Sequence[str]) -> None:
    """Keep that articles nearly repeat this one."""
    if others:
        connection.execute(insert(alike), [{"one": article_id, "other": other} for other in others])


def pairs(connection: Connection) -> tuple[list[tuple[str, str]], dict[str, int]]:
    """All pairs, and how many characters each article in them has."""
    found = [(row[0], row[1]) for row in connection.execute(select(alike))]
    members = union(select(alike.c.one), select(alike.c.other))
    query = select(articles.c.article_id, func.length(articles.c.text)).where(articles.c.article_id.in_(members))
    return found, {row[0]: row[1] for row in connection.execute(query)} if found else {}
