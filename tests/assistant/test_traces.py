"""Traces in a real database: kept scrubbed, found, listed, forgotten; never in the way of an answer."""

import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from assistant.chain import Assistant
from assistant.feedback import Feedback, Rating
from assistant.question import check
from assistant.settings import ASSISTANT
from assistant.traces import Trace, Traces
from assistant.wiring import make_assistant
from knowledge.settings import Setting
from knowledge.wiring import Knowledge


def _trace(trace_id: str, at: str | None = None, answered: bool = True) -> Trace:
    record = {"readings": ["mail a@b.nl"], "hits": [{"score": 0.8731234567891}]}
    trace = Trace(trace_id, "I am a@b.nl", "en", answered, 0.5, record)
    return trace if at is None else Trace(trace_id, "old", "en", answered, 0.5, record, at)


def _assistant(base: Knowledge, days: int) -> Assistant:
    settings = {setting.name: setting for setting in ASSISTANT}
    settings |= {"model": Setting("model", "extractive", ""), "trace_days": Setting("trace_days", days, "")}
    return make_assistant(base, settings)


def test_a_trace_is_kept_without_personal_data(base: Knowledge) -> None:
    store = Traces(base.catalogue.engine, 30)
    store.keep(_trace("one"))
    found = store.find("one")
    assert found is not None
    assert (found.question, found.record["readings"]) == ("I am [email]", ["mail [email]"])
    assert found.record["hits"] == [{"score": 0.8731234567891}]
    assert store.find("two") is None


def test_questions_without_an_answer_can_be_listed(base: Knowledge) -> None:
    store = Traces(base.catalogue.engine, 30)
    store.keep(_trace("one"))
    store.keep(_trace("two", answered=False))
    assert [trace.trace_id for trace in store.since(answered=False)] == ["two"]
    assert len(list(store.since())) == 2
    assert list(store.since("9999")) == []


def _ago(days: int) -> str:
    return (datetime.now(UTC) - timedelta(days=days)).isoformat(timespec="seconds")


def test_old_traces_are_forgotten_at_the_next_start_and_with_every_new_one(base: Knowledge) -> None:
    engine = base.catalogue.engine
    running = Traces(engine, 30)
    Traces(engine, 60).keep(_trace("old", _ago(31)))
    assert Traces(engine, 60).find("old")
    assert Traces(engine, 30).find("old") is None
    Traces(engine, 60).keep(_trace("old", _ago(31)))
    running.keep(_trace("new"))
    assert (running.find("old"), running.find("new") is None) == (None, False)


def test_a_rating_goes_with_its_trace(base: Knowledge) -> None:
    store, feedback = Traces(base.catalogue.engine, 60), Feedback(base.catalogue.engine)
    for name in ("old", "new"):
        store.keep(_trace(name))
    feedback.rate(Rating("old", "down"))
    store.forget("old")
    feedback.rate(Rating("new", "up"))
    assert [rating.trace_id for rating in feedback.since()] == ["new"]


def test_one_trace_can_be_forgotten(base: Knowledge) -> None:
    store = Traces(base.catalogue.engine, 30)
    store.keep(_trace("one"))
    assert store.forget("one")
    assert not store.forget("one")
    assert store.find("one") is None


def test_no_days_keep_nothing_and_write_no_table(base: Knowledge) -> None:
    store = Traces(base.catalogue.engine, 0)
    store.keep(_trace("one"))
    assert list(store.since()) == []


def test_a_trace_that_cannot_be_written_is_logged(base: Knowledge, caplog: pytest.LogCaptureFixture) -> None:
    store = Traces(base.catalogue.engine, 30)
    store.keep(_trace("one"))
    with caplog.at_level(logging.WARNING):
        store.keep(_trace("one"))
    assert "a trace was not kept" in caplog.text


def test_every_answer_leaves_its_receipt(base: Knowledge, ingest: Callable[..., Any]) -> None:
    ingest(bread="# Bread\n\nBread is baked from flour, water and salt.")
    assistant = _assistant(base, 30)
    answer = assistant.answer(check("What is bread baked from?"))
    kept = Traces(base.catalogue.engine, 30).find(answer.trace_id)
    assert kept is not None
    assert kept.answered == answer.answered is True
    assert kept.confidence == answer.confidence
    assert kept.record["signals"]["threshold"] == assistant.threshold
    assert kept.record["hits"][0]["article_id"] == "bread"
    assert kept.record["hits"][0]["stages"]
    assert kept.record["statements"][0]["text"].startswith("Bread is baked")
    assert kept.record["statements"][0]["evidence"] == [
        {"article_id": "bread", "start": answer.citations[0].start, "end": answer.citations[0].end}
    ]


def test_the_owner_can_keep_none(base: Knowledge, ingest: Callable[..., Any]) -> None:
    ingest(bread="# Bread\n\nBread is baked from flour, water and salt.")
    answer = _assistant(base, 0).answer(check("What is bread baked from?"))
    assert Traces(base.catalogue.engine, 30).find(answer.trace_id) is None
