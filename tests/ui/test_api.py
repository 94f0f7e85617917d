"""The HTTP API over a real socket: events, errors, health, article pages."""

import json
import threading
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest

from knowledge.wiring import Knowledge
from tests.ui.conftest import service_over
from ui.server.application import serving

ARTICLE = """---
title: Bread & <b>butter</b>
author: A. Baker
ai_generated: true
updated: 2026-03-01
---
# Bread & <b>butter</b>

Bread is baked from flour, water and salt. See [tea](tea.md#kinds) and [that](javascript:alert(1)).

## What does bread need?

<script>alert(1)</script>

- flour
- water
"""


@pytest.fixture
def server(base: Knowledge, ingest: Callable[..., Any]) -> Iterator[str]:
    ingest(bread=ARTICLE)
    service = service_over(base)
    service.warm()
    with serving(service) as url:
        yield url


def events(response: httpx.Response) -> list[tuple[str, Any]]:
    found = []
    for block in response.text.split("\n\n"):
        fields = dict(line.split(": ", 1) for line in block.splitlines() if not line.startswith(":"))
        if fields:
            found.append((fields["event"], json.loads(fields["data"])))
    return found


def test_chat_streams_the_documented_events_in_order(server: str) -> None:
    response = httpx.post(server + "/api/chat", json={"question": "What is bread baked from?", "unknown": 1})
    got = events(response)
    assert response.headers["content-type"].startswith("text/event-stream")
    names = [name for name, _ in got]
    answer = got[-1][1]
    assert (names[:4], names[-1]) == (["meta", "sources", "citation", "delta"], "done")
    assert answer["answered"] is True
    assert [data for name, data in got if name == "citation"] == answer["citations"]
    assert "".join(data["text"] for name, data in got if name == "delta") == answer["answer"]


def test_a_bad_question_is_a_problem_with_a_remedy(server: str) -> None:
    for question in ("", "🎉", "x" * 100_000):
        response = httpx.post(server + "/api/chat", json={"question": question})
        assert (response.status_code, response.headers["content-type"]) == (422, "application/problem+json")
        assert response.json()["detail"]


def test_a_model_that_is_not_configured_ends_the_stream_with_an_error(server: str) -> None:
    response = httpx.post(server + "/api/chat", json={"question": "What is bread baked from?", "model": "closed"})
    name, data = events(response)[-1]
    assert name == "error"
    assert "no closed model" in data["error"]


def test_search_gives_hits(server: str) -> None:
    hits = httpx.post(server + "/api/search", json={"question": "flour", "k": 2}).json()["hits"]
    assert hits[0]["article_id"] == "bread"


def test_health_and_readiness(server: str) -> None:
    assert httpx.get(server + "/healthz").json() == {"status": "ok"}
    assert httpx.get(server + "/readyz").status_code == 200


def test_a_server_whose_embedder_is_not_loaded_is_alive_but_not_ready(
    base: Knowledge, ingest: Callable[..., Any]
) -> None:
    ingest(bread=ARTICLE)
    with serving(service_over(base)) as url:
        response = httpx.get(url + "/readyz")
        assert (response.status_code, response.json()["reason"]) == (503, "the embedder is loading")
        assert httpx.get(url + "/healthz").status_code == 200


def test_an_articles_page_shows_it_escaped_with_a_strict_policy(server: str) -> None:
    response = httpx.get(server + "/articles/bread")
    page = response.text
    assert response.headers["content-security-policy"].startswith("default-src 'none'")
    assert "<h1>Bread &amp; &lt;b&gt;butter&lt;/b&gt;</h1>" in page
    assert "<script" not in page
    assert "javascript:" not in page.split("<main>")[1].replace("(javascript:alert(1))", "")
    assert 'href="../articles/tea#kinds"' in page
    assert '<h2 id="what-does-bread-need">' in page
    assert "A. Baker · 2026-03-01 · AI-generated text" in page


def test_an_unknown_article_is_not_found(server: str) -> None:
    assert httpx.get(server + "/articles/nowhere").status_code == 404


def test_responses_forbid_sniffing(server: str) -> None:
    assert httpx.get(server + "/healthz").headers["x-content-type-options"] == "nosniff"


def test_questions_at_the_same_time_do_not_mix(server: str) -> None:
    questions = ["What is bread baked from?", "What does bread need?", "Who won the world cup in Brazil?"] * 4
    answers: dict[int, dict[str, Any]] = {}

    def ask(number: int, question: str) -> None:
        response = httpx.post(server + "/api/chat", json={"question": question}, timeout=30)
        answers[number] = events(response)[-1][1]

    threads = [threading.Thread(target=ask, args=pair) for pair in enumerate(questions)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [answers[number]["question"] for number in range(len(questions))] == questions
    assert len({answer["trace_id"] for answer in answers.values()}) == len(questions)


def test_a_visitor_cannot_name_a_model_of_the_owners_server(server: str) -> None:
    response = httpx.post(server + "/api/chat", json={"question": "What is bread baked from?", "model": "llama3:70b"})
    assert response.status_code == 422
    assert "llama3:70b" in response.json()["title"]


@pytest.mark.parametrize("body", [{}, {"question": 1}, {"question": "x", "history": "y"}, []])
def test_a_body_that_is_no_question_is_a_problem_naming_the_field(server: str, body: object) -> None:
    response = httpx.post(server + "/api/chat", json=body)
    assert (response.status_code, response.headers["content-type"]) == (422, "application/problem+json")
    assert response.json()["title"].startswith("body")


def test_nobody_can_leave_files_here(server: str) -> None:
    response = httpx.post(server + "/gradio_api/upload", files={"files": b"x" * 1000})
    assert response.status_code == 404


def test_a_long_conversation_goes_on(server: str) -> None:
    history = [{"role": "user", "content": "bread " * 1500}] * 100
    response = httpx.post(server + "/api/search", json={"question": "And flour?", "history": history})
    assert response.json()["hits"][0]["article_id"] == "bread"


@pytest.mark.parametrize("language", ["english", "../x", "e"])
def test_a_language_is_a_code_of_two_letters(server: str, language: str) -> None:
    response = httpx.post(server + "/api/chat", json={"question": "What is bread?", "language": language})
    assert response.status_code == 422
