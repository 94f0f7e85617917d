"""What an owner watches."""

from collections.abc import Iterator
from dataclasses import replace

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from assistant.answer import Answer, Model
from assistant.ledger import Entry, Ledger
from knowledge.embedder import Fingerprint
from knowledge.hashing_embedder import HashingEmbedder
from knowledge.wiring import Knowledge
from tests.ollama_standin import OllamaStandIn
from tests.ui.conftest import Bakery, service_over, until
from ui.server.application import serving
from ui.server.line import Line
from ui.server.metrics import Metrics
from ui.server.service import Service


class Other(HashingEmbedder):
    """Another embedder than the index was written by."""

    def fingerprint(self) -> Fingerprint:
        """Of other weights."""
        return replace(super().fingerprint(), weights="other")


@pytest.fixture
def watched(bakery: Bakery) -> Iterator[tuple[str, Service]]:
    service = service_over(bakery.knowledge)
    service.warm()
    with serving(service) as url:
        yield url, service


def values(text: str) -> dict[str, float]:
    """Every sample by name and labels, as Prometheus reads it."""
    return {
        sample.name + "".join(f",{name}={value}" for name, value in sorted(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_what_is_asked_and_answered_is_counted(watched: tuple[str, Service]) -> None:
    url, _ = watched
    answer = httpx.post(
        url + "/v1/chat/completions", json={"messages": [{"role": "user", "content": "What is bread baked from?"}]}
    )
    httpx.post(url + "/api/chat", json={"question": "Who won the world cup in Brazil?"})
    httpx.post(url + "/api/feedback", json={"trace_id": answer.json()["footnote"]["trace_id"], "rating": "down"})
    httpx.get(url + "/articles/nowhere")
    got = values(httpx.get(url + "/metrics").text)
    assert got["footnote_answers_total,kind=extractive,outcome=answered"] == 1
    assert got["footnote_answers_total,kind=extractive,outcome=refused"] == 1
    assert got["footnote_search_seconds_count"] == 2
    assert got["footnote_first_token_seconds_count,kind=extractive"] == 2
    assert 0 < got["footnote_answer_seconds_sum,kind=extractive"] < 60
    assert got["footnote_feedback_total,rating=down"] == 1
    assert got["footnote_articles"] == 2
    assert got["footnote_questions,state=waiting"] == 0
    assert got["footnote_request_seconds_count,route=/articles/{article_id:path},status=404"] == 1
    assert got["footnote_request_seconds_count,route=/api/chat,status=200"] == 1
    assert 0 <= got["footnote_index_age_seconds"] < 3600


def test_what_visitors_write_is_in_no_label(watched: tuple[str, Service]) -> None:
    url, _ = watched
    httpx.post(url + "/api/chat", json={"question": "Is my secret bread safe?"})
    httpx.get(url + "/articles/secret")
    assert "secret" not in httpx.get(url + "/metrics").text


def test_tokens_and_money_are_the_ledgers_and_outlive_the_process(bakery: Bakery) -> None:
    Ledger(bakery.knowledge.catalogue.engine).add(
        Entry("t", "closed", "dear", input_tokens=100, output_tokens=20, cost_usd=0.5)
    )
    got = values(Metrics(bakery.knowledge, Line()).shown().decode())
    assert got["footnote_tokens_total,direction=input,kind=closed,model=dear"] == 100
    assert got["footnote_tokens_total,direction=output,kind=closed,model=dear"] == 20
    assert got["footnote_cost_usd_total,kind=closed,model=dear"] == 0.5


def test_times_are_seconds(bakery: Bakery) -> None:
    metrics = Metrics(bakery.knowledge, Line())
    timings = {"search": 20.0, "first_token": 30.0, "total": 4000.0}
    metrics.answered(Answer("q", "q", "en", False, "no", (), (), 0.1, Model("local", "m"), "t", timings_ms=timings))
    got = values(metrics.shown().decode())
    assert got["footnote_search_seconds_bucket,le=0.025"] == 1
    assert got["footnote_search_seconds_bucket,le=0.01"] == 0
    assert got["footnote_answer_seconds_bucket,kind=local,le=2.5"] == 0
    assert got["footnote_answer_seconds_bucket,kind=local,le=5.0"] == 1


def test_without_its_model_a_server_answers_by_extraction_and_finds_the_model_once_it_is_back(bakery: Bakery) -> None:
    with OllamaStandIn() as gone:
        address = gone.url
    service = service_over(bakery.knowledge, ollama_url=address)
    service.warm()
    with serving(service) as url:
        ready = httpx.get(url + "/readyz")
        assert ready.status_code == 200
        assert ready.json() == {"status": "ready", "articles": 2, "model": "extractive", "model_state": "absent"}
        with OllamaStandIn(port=int(address.rpartition(":")[2])) as back:
            until(lambda: httpx.get(url + "/readyz").json()["model"] == back.models[0])
            assert httpx.get(url + "/readyz").json()["model_state"] == "untried"


def test_readiness_looks_at_the_index(watched: tuple[str, Service]) -> None:
    url, service = watched
    assert httpx.get(url + "/readyz").json()["articles"] == 2
    embedder = service.knowledge.embedder
    service.knowledge.embedder = Other()
    try:
        response = httpx.get(url + "/readyz")
        assert response.status_code == 503
        assert response.json() == {"status": "not ready", "reason": "the index was written by another embedder"}
        assert values(httpx.get(url + "/metrics").text)["footnote_articles"] == 2
    finally:
        service.knowledge.embedder = embedder


def test_without_an_index_the_rest_is_told(base: Knowledge) -> None:
    got = values(Metrics(base, Line()).shown().decode())
    assert "footnote_articles" not in got
    assert got["footnote_questions,state=waiting"] == 0
