"""Spans of answers: by the conventions, off by default, and without anything that was asked or said."""

import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from assistant.models.model import ScriptedModel
from tests.ui.conftest import Bakery, service_over
from ui.server.application import serving
from ui.server.spans import Spans

QUESTION = {"question": "What is bread baked from?"}


@pytest.fixture
def exporter() -> InMemorySpanExporter:
    return InMemorySpanExporter()


@pytest.fixture
def spans(exporter: InMemorySpanExporter) -> Iterator[Spans]:
    spans = Spans(exporter)
    yield spans
    spans.close()


def asked(bakery: Bakery, spans: Spans, exporter: InMemorySpanExporter, **given: Any) -> dict[str, Any]:
    """What was written for one answer, by name."""
    with serving(service_over(bakery.knowledge, spans=spans, **given)) as url:
        assert "event: done" in httpx.post(url + "/api/chat", json=QUESTION).text
    spans.close()
    return {span.name: span for span in exporter.get_finished_spans()}


def test_an_extractive_answer_is_a_search_and_no_chat(
    bakery: Bakery, spans: Spans, exporter: InMemorySpanExporter
) -> None:
    got = asked(bakery, spans, exporter)
    assert set(got) == {"invoke_agent footnote", "retrieval footnote"}
    whole, search = got["invoke_agent footnote"], got["retrieval footnote"]
    assert search.parent.span_id == whole.context.span_id
    assert whole.start_time == search.start_time < search.end_time <= whole.end_time
    assert search.attributes["gen_ai.operation.name"] == "retrieval"
    documents = json.loads(search.attributes["gen_ai.retrieval.documents"])
    assert search.attributes["gen_ai.retrieval.top_k"] == len(documents) > 0
    assert set(documents[0]) == {"id", "score"}


def test_a_models_answer_has_a_chat_span_after_the_search(
    bakery: Bakery, spans: Spans, exporter: InMemorySpanExporter
) -> None:
    model = ScriptedModel(["Bread is baked from flour, water and salt. [1]"])
    got = asked(bakery, spans, exporter, model=model)
    chat = got["chat scripted"]
    assert chat.attributes["gen_ai.provider.name"] == "ollama"
    assert chat.attributes["gen_ai.request.model"] == "scripted"
    assert chat.start_time == got["retrieval footnote"].end_time


def test_nothing_that_was_asked_or_said_is_in_a_span(
    bakery: Bakery, spans: Spans, exporter: InMemorySpanExporter
) -> None:
    got = asked(bakery, spans, exporter)
    written = " ".join(span.to_json() for span in got.values()).lower()
    assert "flour" not in written
    assert "baked" not in written


def test_without_a_collector_there_are_none(bakery: Bakery) -> None:
    assert service_over(bakery.knowledge).spans is None
