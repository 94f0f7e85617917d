"""Ratings, starters and deleting a conversation, over a real socket."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest

from assistant.feedback import Feedback
from assistant.traces import Traces
from knowledge.wiring import Knowledge
from tests.ui.conftest import service_over
from ui.server.application import serving

BREAD = """---
title: What is bread?
url: https://site.example/bread/
---
Bread is baked from flour, water and salt.

## What does bread need?

- flour
- water

## History

Bread is old.
"""


@pytest.fixture
def server(base: Knowledge, ingest: Callable[..., Any]) -> Iterator[str]:
    ingest(bread=BREAD, tea="# What is tea?\n\nTea is made from leaves and hot water.\n")
    service = service_over(base)
    service.warm()
    with serving(service) as url:
        yield url


@pytest.fixture
def trace_id(server: str) -> str:
    """Of an answer that was given."""
    response = httpx.post(server + "/api/chat", json={"question": "What is bread baked from?"})
    data = next(line for line in reversed(response.text.splitlines()) if line.startswith("data: "))
    answer = json.loads(data.removeprefix("data: "))
    return str(answer["trace_id"])


def rate(server: str, **body: object) -> int:
    return httpx.post(server + "/api/feedback", json=body).status_code


def test_a_rating_is_kept_changed_and_taken_back(server: str, trace_id: str, base: Knowledge) -> None:
    stored = Feedback(base.catalogue.engine)
    assert rate(server, trace_id=trace_id, rating="up") == 200
    assert rate(server, trace_id=trace_id, rating="down", reason="outdated", note="Ask me@site.example") == 200
    found = stored.find(trace_id)
    assert found is not None
    assert (found.rating, found.reason) == ("down", "outdated")
    assert "me@site.example" not in found.note
    assert [rating.trace_id for rating in stored.since()] == [trace_id]
    assert rate(server, trace_id=trace_id, rating="none") == 200
    assert stored.find(trace_id) is None


@pytest.mark.parametrize(
    ("change", "status"),
    [({"trace_id": "0" * 32}, 404), ({"rating": "best"}, 422), ({"reason": "ugly"}, 422), ({"note": "x" * 1001}, 422),
     ({"trace_id": "x" * 65}, 422)],
)  # fmt: skip
def test_what_is_no_rating_is_refused(server: str, trace_id: str, change: dict[str, Any], status: int) -> None:
    assert rate(server, **({"trace_id": trace_id, "rating": "down"} | change)) == status


def test_deleting_a_conversation_deletes_traces_and_ratings(server: str, trace_id: str, base: Knowledge) -> None:
    rate(server, trace_id=trace_id, rating="up")
    response = httpx.post(server + "/api/forget", json={"trace_ids": [trace_id, trace_id, "0" * 32]})
    assert response.json() == {"forgotten": 1}
    assert Traces(base.catalogue.engine, 0).find(trace_id) is None
    assert Feedback(base.catalogue.engine).find(trace_id) is None


def test_starters_begin_with_the_page_that_is_read(server: str) -> None:
    def offered(page_url: str) -> Any:
        return httpx.get(server + "/api/starters", params={"page_url": page_url}).json()

    ours = ["What is bread?", "What does bread need?"]
    for page in ("https://site.example/bread", "https://SITE.example/bread/?utm=1#top", server + "/articles/bread",
                 "https://proxy.example/articles/bread"):  # fmt: skip
        assert offered(page) == {"page": ours, "questions": ["What is tea?"]}
    for page in ("", "https://site.example/", "https://other.example/bread", "http://[", "/bread/articles"):
        assert offered(page) == {"page": [], "questions": ["What is bread?", "What is tea?"]}


def test_public_answers_hold_known_fields_only(server: str, trace_id: str) -> None:
    """No path, prompt, address of a model server, version or setting may slip in."""
    shapes = {
        "/healthz": {"status"},
        "/readyz": {"status", "articles", "model", "model_state"},
        "/api/starters": {"page", "questions"},
    }
    for path, keys in shapes.items():
        assert set(httpx.get(server + path).json()) == keys
    problem = httpx.post(server + "/api/feedback", json={"trace_id": trace_id, "rating": "?"}).json()
    assert set(problem) == {"type", "title", "detail", "status", "kind", "trace_id"}


@pytest.mark.parametrize("page_url", ["http://[", "", "x", "\u0000", "https://site.example/bread"])
def test_a_question_is_answered_whatever_the_page_calls_itself(server: str, page_url: str) -> None:
    asked = {"question": "What is bread baked from?", "page_url": page_url}
    response = httpx.post(server + "/api/search", json=asked)
    assert response.json()["hits"][0]["article_id"] == "bread"
