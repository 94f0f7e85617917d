"""The stand-in speaks as Ollama does: truncation, refusals, the other routes."""

import json
import urllib.request
from collections.abc import Iterator
from typing import Any
from urllib.error import HTTPError

import pytest

from tests.ollama_standin import OllamaStandIn

BOUND = 10.0


@pytest.fixture
def stand_in() -> Iterator[OllamaStandIn]:
    with OllamaStandIn() as server:
        yield server


def post(server: OllamaStandIn, path: str, body: bytes) -> tuple[int, list[dict[str, Any]]]:
    """Status and JSON lines of a plain request."""
    try:
        with urllib.request.urlopen(urllib.request.Request(server.url + path, body), timeout=BOUND) as response:
            return response.status, [json.loads(line) for line in response]
    except HTTPError as error:
        with error:
            return error.code, [json.loads(line) for line in error]


def test_the_stand_in_cuts_long_prompts_silently_as_ollama_does(stand_in: OllamaStandIn) -> None:
    long = [{"role": "system", "content": "s" * 40}, {"role": "user", "content": "old " * 40}]
    long.append({"role": "user", "content": "head" + "x" * 400 + "tail"})
    stand_in.says = lambda user: f"{user[:4]} {user[-4:]} {len(user)}"

    def asked(window: int) -> tuple[str, int]:
        body = {"model": "ok", "messages": long, "stream": False, "options": {"num_ctx": window}}
        status, [answer] = post(stand_in, "/api/chat", json.dumps(body).encode())
        assert status == 200
        return answer["message"]["content"], answer["prompt_eval_count"]

    assert asked(1000) == ("head tail 408", 152)
    assert asked(120) == ("head tail 408", 112)
    assert asked(50) == ("xxxx tail 100", 29)


def test_the_stand_in_answers_the_other_routes_like_ollama(stand_in: OllamaStandIn) -> None:
    def got(path: str) -> Any:
        with urllib.request.urlopen(stand_in.url + path, timeout=BOUND) as response:
            return json.load(response)

    assert got("/api/version") == {"version": "0.33.0"}
    assert [listed["name"] for listed in got("/api/tags")["models"]] == ["ok"]
    assert got("/api/ps") == {"models": []}
    post(stand_in, "/api/chat", b'{"model": "ok", "messages": [], "options": {"num_ctx": 8192}}')
    assert [(one["name"], one["context_length"]) for one in got("/api/ps")["models"]] == [("ok", 8192)]
    assert post(stand_in, "/api/show", b'{"model": "think"}')[1][0]["capabilities"] == ["completion", "thinking"]
    assert post(stand_in, "/api/show", b'{"model": "other"}')[0] == 404


@pytest.mark.parametrize(
    ("body", "status", "error"),
    [
        (b"", 400, "missing request body"),
        (b"{", 400, "invalid character in request body"),
        (b"[]", 400, "json: cannot unmarshal into Go value of type api.ChatRequest"),
        (b"{}", 400, "model is required"),
        (b'{"model": "other"}', 404, "model 'other' not found"),
        (b'{"model": "ok", "think": true}', 400, '"ok" does not support thinking'),
    ],
)
def test_the_stand_in_refuses_like_ollama(stand_in: OllamaStandIn, body: bytes, status: int, error: str) -> None:
    assert post(stand_in, "/api/chat", body) == (status, [{"error": error}])


def test_the_stand_in_lets_a_model_think_that_is_not_told_not_to(stand_in: OllamaStandIn) -> None:
    body = b'{"model": "think", "messages": [{"role": "user", "content": "hi"}]}'
    _, streamed = post(stand_in, "/api/chat", body)
    assert [line["message"].get("thinking", "") for line in streamed][:3] == ["Let", " me", " think"]
    assert (streamed[-1]["done"], streamed[-1]["done_reason"]) == (True, "stop")
