"""Generations of the index: one per fingerprint, the active one serving.

Chunks and vectors of two fingerprints never mix. Another embedder or chunker gets a new generation, built
beside the old one and swapped in at the end.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from knowledge import fulltext
from knowledge.embedder import Fingerprint
from knowledge.schema import generations
from knowledge.timestamps import now


@dataclass(frozen=True, slots=True)
class Generation:
    """A generation's number, fingerprint, and when it was begun (ISO 8601)."""

    number: int
    fingerprint: Mapping[str, Any]
    digest: str
    created: str


def active(connection: Connection) -> Generation | None:
    """The generation readers see, or None in a new data folder."""
    row = connection.execute(select(generations).where(generations.c.active)).mappings().first()
    if row is None:
        return None
    return Generation(row["generation"], row["fingerprint"], row["digest"], row["created"])


def begin(connection: Connection, fingerprint: Fingerprint) -> int:
    """A new, inactive generation; returns its number."""
    row = {
        "fingerprint": asdict(fingerprint),
        "digest": fingerprint.digest,
        "active": False,
        "created": now(),
    }
    result = connection.execute(insert(generations), row)
    assert result.inserted_primary_key is not None  # noqa: S101 (for the type checker)
    return int(result.inserted_primary_key[0])


def activate(connection: Connection, generation: int) -> None:
    """Make ``generation`` the one readers see, and drop all others with their chunks."""
    drop_others(connection, generation)
    connection.execute(update(generations).where(generations.c.generation == generation).values(active=True))


def drop_others(connection: Connection, generation: int) -> None:
    """Delete every generation but this one."""
    others = connection.scalars(select(generations.c.generation).where(generations.c.generation != generation)).all()
    for other in others:
        drop(connection, other)


def drop(connection: Connection, generation: int) -> None:
    """Delete a generation and its chunks."""
    fulltext.remove_generation(connection, generation)
    connection.execute(delete(generations).where(generations.c.generation == generation))
