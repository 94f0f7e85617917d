"""Traces: the receipt of every answer, kept in the catalogue's database for some days.

A trace tells how an answer came to be: the readings of the question, the hits with the score of every stage, the
gate's signals, the statements chosen and why, the model and its prompt, the generation of the index. Personal data is
replaced before anything is written, see ``assistant.personal_data``.
"""

import logging
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Connection,
    Engine,
    Float,
    MetaData,
    RowMapping,
    String,
    Table,
    Text,
    delete,
    func,
    insert,
    inspect,
    literal_column,
    select,
)
from sqlalchemy.exc import SQLAlchemyError

from assistant.personal_data import scrub
from knowledge.timestamps import days_ago, now

metadata = MetaData()

traces = Table(
    "traces",
    metadata,
    Column("trace_id", String, primary_key=True),
    Column("at", String, nullable=False, index=True),
    Column("question", Text, nullable=False),
    Column("language", String, nullable=False),
    Column("answered", Boolean, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("record", JSON, nullable=False),
)

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Trace:
    """``record`` holds the stages; what is searched for stands in fields of its own. ``at`` is ISO 8601 in UTC."""

    trace_id: str
    question: str
    language: str
    answered: bool
    confidence: float
    record: Mapping[str, Any]
    at: str = field(default_factory=now)

    def as_dict(self) -> dict[str, Any]:
        """Everything, the record's parts at the top level."""
        names = ("trace_id", "at", "question", "language", "answered", "confidence")
        return {name: getattr(self, name) for name in names} | dict(self.record)


class Traces:
    """The store. ``days`` is how long traces are kept; 0 keeps none."""

    def __init__(self, engine: Engine, days: int) -> None:
        self._engine = engine
        self._days = days
        if days:
            metadata.create_all(engine)
            with engine.begin() as connection:
                _forget_old(connection, days)

    def keep(self, trace: Trace) -> None:
        """Store a trace, scrubbed; an answer is never lost over it: a full disk is logged."""
        if not self._days:
            return
        row = {column.name: _scrubbed(getattr(trace, column.name)) for column in traces.columns}
        try:
            with self._engine.begin() as connection:
                connection.execute(insert(traces), row)
                _forget_old(connection, self._days)
        except SQLAlchemyError as error:
            log.warning("a trace was not kept: %s", error)

    def find(self, trace_id: str) -> Trace | None:
        """The trace of that id; None when there is none, or no more."""
        return next(self._read(select(traces).where(traces.c.trace_id == trace_id)), None)

    def since(self, at: str = "", answered: bool | None = None) -> Iterator[Trace]:
        """Traces from ``at`` (ISO 8601) on, oldest first; only those answered, or not, when told so."""
        query = select(traces).where(traces.c.at >= at).order_by(traces.c.at, literal_column("rowid"))
        yield from self._read(query if answered is None else query.where(traces.c.answered == answered))

    def languages(self) -> Counter[str]:
        """How many of the kept questions were asked in each language (ISO 639-1)."""
        if not _exists(self._engine):
            return Counter()
        query = select(traces.c.language, func.count()).group_by(traces.c.language)
        with self._engine.connect() as connection:
            return Counter({row[0]: int(row[1]) for row in connection.execute(query)})

    def forget(self, trace_id: str) -> bool:
        """Delete one trace; False when there was none."""
        with self._engine.begin() as connection:
            return bool(connection.execute(delete(traces).where(traces.c.trace_id == trace_id)).rowcount)

    def _read(self, query: Any) -> Iterator[Trace]:
        if not _exists(self._engine):
            return
        with self._engine.connect() as connection:
            for row in connection.execute(query).mappings():
                yield _trace(row)


def _forget_old(connection: Connection, days: int) -> None:
    """What is kept longer than that: a server that runs for months forgets as well."""
    connection.exec_driver_sql("DELETE FROM traces WHERE at < ?", (days_ago(days),))


def _exists(engine: Engine) -> bool:
    return inspect(engine).has_table(traces.name)


def _scrubbed(value: Any) -> Any:
    """``value`` with every text in it scrubbed, keys aside."""
    if isinstance(value, str):
        return scrub(value)
    if isinstance(value, dict):
        return {key: _scrubbed(inner) for key, inner in value.items()}
    return [_scrubbed(inner) for inner in value] if isinstance(value, list | tuple) else value


def _trace(row: RowMapping) -> Trace:
    return Trace(**{column.name: row[column.name] for column in traces.columns})
