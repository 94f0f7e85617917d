"""Ratings: what visitors thought of an answer, kept in the catalogue's database beside its trace."""

from dataclasses import asdict, dataclass, field
from typing import Literal, get_args

from sqlalchemy import Column, Engine, MetaData, String, Table, Text, delete, insert, select

from assistant.personal_data import scrub
from assistant.traces import Traces, traces
from knowledge.timestamps import now

Reason = Literal["wrong", "incomplete", "off_topic", "unsupported", "outdated", "other"]
REASONS = get_args(Reason)
LONGEST_NOTE = 1000

metadata = MetaData()

ratings = Table(
    "ratings",
    metadata,
    Column("trace_id", String, primary_key=True),
    Column("at", String, nullable=False, index=True),
    Column("rating", String, nullable=False),
    Column("reason", String, nullable=False),
    Column("note", Text, nullable=False),
)


@dataclass(frozen=True, slots=True)
class Rating:
    """``rating`` is ``up`` or ``down``; ``reason`` one of ``REASONS`` or empty; ``at`` ISO 8601 in UTC."""

    trace_id: str
    rating: str
    reason: str = ""
    note: str = ""
    at: str = field(default_factory=now)


class Feedback:
    """The store. An answer has one rating, the latest; who knows an answer's id may change or delete it.

    A rating is kept as long as its trace: when the next one is given, those of traces that are gone are deleted.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._traces = Traces(engine, 0)
        metadata.create_all(engine)

    def rate(self, rating: Rating) -> bool:
        """Keep a rating, its note scrubbed of personal data; False when there is no such answer."""
        if self._traces.find(rating.trace_id) is None:
            return False
        with self._engine.begin() as connection:
            connection.execute(delete(ratings).where(ratings.c.trace_id == rating.trace_id))
            connection.execute(delete(ratings).where(ratings.c.trace_id.not_in(select(traces.c.trace_id))))
            connection.execute(insert(ratings), asdict(rating) | {"note": scrub(rating.note[:LONGEST_NOTE])})
        return True

    def find(self, trace_id: str) -> Rating | None:
        """The rating of an answer, or None."""
        with self._engine.connect() as connection:
            row = connection.execute(select(ratings).where(ratings.c.trace_id == trace_id)).mappings().first()
        return Rating(**row) if row else None

    def since(self, at: str = "") -> list[Rating]:
        """Ratings from ``at`` (ISO 8601) on, oldest first."""
        query = select(ratings).where(ratings.c.at >= at).order_by(ratings.c.at)
        with self._engine.connect() as connection:
            return [Rating(**row) for row in connection.execute(query).mappings()]

    def withdraw(self, trace_id: str) -> bool:
        """Delete a rating; False when there was none."""
        with self._engine.begin() as connection:
            return bool(connection.execute(delete(ratings).where(ratings.c.trace_id == trace_id)).rowcount)

    def forget(self, trace_id: str) -> bool:
        """Delete an answer's trace and its rating; False when there was no trace."""
        self.withdraw(trace_id)
        return self._traces.find(trace_id) is not None and self._traces.forget(trace_id)
