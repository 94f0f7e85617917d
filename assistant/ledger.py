"""The ledger: what every answer cost, kept in the catalogue's database; rows are added, never changed or deleted.

A row says who wrote the answer, whether text left the environment, tokens, money and times. It holds nothing of what
was asked or said: an answer whose trace is deleted keeps its row. The database itself refuses to change one.
"""

import logging
import threading
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Engine,
    Float,
    Integer,
    MetaData,
    String,
    Table,
    cast,
    event,
    func,
    insert,
    inspect,
    select,
    text,
)
from sqlalchemy.exc import SQLAlchemyError

from assistant.answer import ModelKind
from knowledge.timestamps import now

Period = Literal["day", "month", "all"]

# Leading characters of an ISO 8601 time that name the period.
LENGTHS: dict[Period, int] = {"day": 10, "month": 7, "all": 0}

metadata = MetaData()

ledger = Table(
    "ledger",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("at", String, nullable=False, index=True),
    Column("trace_id", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("model", String, nullable=False),
    Column("digest", String, nullable=False),
    Column("answered", Boolean, nullable=False),
    Column("left_environment", Boolean, nullable=False),
    Column("input_tokens", Integer, nullable=False),
    Column("output_tokens", Integer, nullable=False),
    Column("cost_usd", Float, nullable=False),
    Column("first_token_ms", Float, nullable=False),
    Column("total_ms", Float, nullable=False),
)


@event.listens_for(ledger, "after_create")
def _guard(_target: Table, connection: Connection, **_given: Any) -> None:
    """Triggers beside the table, so that no programme at all changes a row."""
    for change in ("UPDATE", "DELETE"):
        stop = "BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END"
        connection.execute(text(f"CREATE TRIGGER ledger_no_{change.lower()} BEFORE {change} ON ledger {stop}"))


log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Entry:
    """One answer. ``model`` and ``digest`` name who wrote it; times are milliseconds, ``at`` is ISO 8601 in UTC."""

    trace_id: str
    kind: ModelKind
    model: str
    digest: str = ""
    answered: bool = True
    left_environment: bool = False
    input_tokens: int = 0
    output_tokens: int = 0
    cost_usd: float = 0.0
    first_token_ms: float = 0.0
    total_ms: float = 0.0
    at: str = field(default_factory=now)


@dataclass(frozen=True, slots=True)
class Total:
    """Sums over one period (``2026-11-24``, ``2026-11`` or ``all``), one kind of writer and one model."""

    period: str
    kind: str
    model: str
    answers: int
    left_environment: int
    input_tokens: int
    output_tokens: int
    cost_usd: float
    mean_first_token_ms: float
    mean_total_ms: float


class Ledger:
    """The store. Reading it makes no table. With ``adds`` False nothing is ever written."""

    def __init__(self, engine: Engine, adds: bool = True) -> None:
        self._engine = engine
        self.adds = adds
        self._making = threading.Lock()  # two first entries at a time would both make the table
        self._made = False

    def add(self, entry: Entry) -> None:
        """Add a row; an answer is never lost over it: a full disk is logged."""
        if not self.adds:
            return
        try:
            self._make()
            with self._engine.begin() as connection:
                connection.execute(insert(ledger), asdict(entry))
        except SQLAlchemyError as error:
            log.warning("an answer is not in the ledger: %s", error)

    def begin(self) -> None:
        """Make the table now: SQLite's full text cannot be opened by another thread at the moment a table is made."""
        try:
            if self.adds:
                self._make()
        except SQLAlchemyError as error:
            log.warning("the ledger cannot be begun: %s", error)

    def _make(self) -> None:
        with self._making:
            if not self._made:
                metadata.create_all(self._engine)
                self._made = True

    def find(self, trace_id: str) -> Entry | None:
        """The entry of an answer; None when there is none."""
        shown = [column for column in ledger.columns if column is not ledger.c.number]
        return next((Entry(**row) for row in self._read(select(*shown).where(ledger.c.trace_id == trace_id))), None)

    def rows(self, since: str = "", limit: int | None = None) -> list[Entry]:
        """Entries from ``since`` (ISO 8601) on, newest first, at most ``limit``."""
        shown = [column for column in ledger.columns if column is not ledger.c.number]
        query = select(*shown).where(ledger.c.at >= since).order_by(ledger.c.number.desc()).limit(limit)
        return [Entry(**row) for row in self._read(query)]

    def totals(self, period: Period = "all", since: str = "") -> list[Total]:
        """Sums from ``since`` on by period, kind and model, the latest period first."""
        named = func.substr(ledger.c.at, 1, LENGTHS[period])
        columns = ledger.c
        query = (
            select(
                named.label("period"), columns.kind, columns.model, func.count().label("answers"),
                func.sum(cast(columns.left_environment, Integer)).label("left_environment"),
                *(func.sum(columns[name]).label(name) for name in ("input_tokens", "output_tokens", "cost_usd")),
                func.avg(columns.first_token_ms).label("mean_first_token_ms"),
                func.avg(columns.total_ms).label("mean_total_ms"),
            )
            .where(columns.at >= since)
            .group_by(named, columns.kind, columns.model)
            .order_by(named.desc(), columns.kind, columns.model)
        )  # fmt: skip
        return [Total(**row | {"period": row["period"] or "all"}) for row in self._read(query)]

    def cost_since(self, at: str) -> float:
        """US dollars spent from ``at`` (ISO 8601) on."""
        return sum(total.cost_usd for total in self.totals(since=at))

    def last_digest(self, model: str) -> str:
        """The digest that ``model`` had when it last wrote; empty when it never did, or when that cannot be read."""
        query = select(ledger.c.digest).where(ledger.c.model == model, ledger.c.digest != "")
        try:
            rows = self._read(query.order_by(ledger.c.number.desc()).limit(1))
        except SQLAlchemyError as error:
            log.warning("the ledger cannot be read: %s", error)
            return ""
        return str(rows[0]["digest"]) if rows else ""

    def _read(self, query: Any) -> Sequence[dict[str, Any]]:
        if not inspect(self._engine).has_table(ledger.name):
            return []
        with self._engine.connect() as connection:
            return [dict(row) for row in connection.execute(query).mappings()]
