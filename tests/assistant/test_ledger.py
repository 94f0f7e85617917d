"""The ledger in a real database: rows, totals per period and kind, and no way to change one."""

import logging
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import inspect, text
from sqlalchemy.exc import DatabaseError

from assistant.ledger import Entry, Ledger
from assistant.question import check
from assistant.settings import ASSISTANT
from assistant.wiring import make_assistant
from knowledge.wiring import Knowledge

CLOSED = Entry("three", "closed", "m-1", "", True, True, 1000, 100, 0.25, 800, 2000, "2026-11-02T10:00:00+00:00")
ENTRIES = (
    Entry("one", "extractive", "extractive", total_ms=10, at="2026-10-31T23:59:59+00:00"),
    Entry("two", "local", "qwen", "sha-a", True, False, 900, 90, 0.0, 400, 1000, "2026-11-01T00:00:00+00:00"),
    CLOSED,
    Entry("four", "closed", "m-1", "", False, True, 1000, 0, 0.5, 0, 1000, "2026-11-02T11:00:00+00:00"),
)


@pytest.fixture
def book(base: Knowledge) -> Ledger:
    kept = Ledger(base.catalogue.engine)
    for entry in ENTRIES:
        kept.add(entry)
    return kept


def test_entries_come_back_as_they_were_newest_first(book: Ledger) -> None:
    assert book.rows() == list(reversed(ENTRIES))
    assert book.rows(since="2026-11-02", limit=1) == [ENTRIES[-1]]


def test_totals_are_sums_per_period_kind_and_model(book: Ledger) -> None:
    latest, *_ = by_day = book.totals("day")
    assert [(total.period, total.kind, total.answers) for total in by_day] == [
        ("2026-11-02", "closed", 2), ("2026-11-01", "local", 1), ("2026-10-31", "extractive", 1),
    ]  # fmt: skip
    assert (latest.cost_usd, latest.input_tokens, latest.output_tokens, latest.left_environment) == (0.75, 2000, 100, 2)
    assert (latest.mean_first_token_ms, latest.mean_total_ms) == (400, 1500)
    assert [total.period for total in book.totals("month")] == ["2026-11", "2026-11", "2026-10"]
    assert {total.period for total in book.totals()} == {"all"}
    assert [total.kind for total in book.totals("all", since="2026-11-02")] == ["closed"]
    assert book.cost_since("2026-11-02T10:30") == 0.5


def test_the_last_digest_of_a_model_is_found(book: Ledger) -> None:
    assert book.last_digest("qwen") == "sha-a"
    assert book.last_digest("m-1") == ""


@pytest.mark.parametrize("change", ["UPDATE ledger SET cost_usd = 0", "DELETE FROM ledger"])
def test_the_database_refuses_to_change_a_row(book: Ledger, base: Knowledge, change: str) -> None:
    with pytest.raises(DatabaseError, match="append-only"), base.catalogue.engine.begin() as connection:
        connection.execute(text(change))
    assert len(book.rows()) == 4


def test_reading_an_empty_ledger_finds_nothing_and_writes_nothing(base: Knowledge) -> None:
    book = Ledger(base.catalogue.engine)
    assert (book.rows(), book.totals("day"), book.cost_since(""), book.last_digest("m")) == ([], [], 0, "")
    assert not inspect(base.catalogue.engine).has_table("ledger")


def test_a_row_that_cannot_be_written_is_logged(base: Knowledge, caplog: pytest.LogCaptureFixture) -> None:
    with base.catalogue.engine.begin() as connection:
        connection.execute(text("CREATE TABLE ledger (number INTEGER PRIMARY KEY)"))
    with caplog.at_level(logging.WARNING):
        Ledger(base.catalogue.engine).add(CLOSED)
    assert "not in the ledger" in caplog.text


def test_every_answer_and_every_refusal_is_entered(base: Knowledge, ingest: Callable[..., Any]) -> None:
    ingest(bread="# Bread\n\nBread is baked from flour, water and salt.")
    assistant = make_assistant(base, {setting.name: setting for setting in ASSISTANT})
    answered = assistant.answer(check("What is bread baked from?"))
    refused = assistant.answer(check("Who won the world cup in Brazil?"))
    last, first = Ledger(base.catalogue.engine).rows()
    assert (first.trace_id, first.answered, first.kind) == (answered.trace_id, True, "extractive")
    assert (last.trace_id, last.answered, last.cost_usd) == (refused.trace_id, False, 0.0)
    assert first.total_ms >= first.first_token_ms > 0
