"""Ollama over a real socket: what is sent, what comes back, and for every fault a reason in bounded time."""

import gc
import json
import socket
import threading
import time
import urllib.request
from collections.abc import Iterator
from typing import Any
from urllib.error import HTTPError

import pytest

from assistant.local import CONTEXT_CHARACTERS, Local, ModelFailed
from assistant.ollama import OllamaModel, check_url, is_local, models
from assistant.question import MAX_CHARACTERS, Question
from knowledge.errors import UnknownSetting
from tests.assistant.hits import make_hit
from tests.ollama_standin import OllamaStandIn

SAYS = "Open models keep <data> at home. [1] They cost nothing & run anywhere. [2]"
SILENCE = 0.5
# Far above what any of these takes, far below any time-out but the one under test.
BOUND = 10.0

REASONS = {
    "missing": "model missing",
    "busy": "busy",
    "e400": "refused the request",
    "e500": "failed",
    "html": "failed",
    "redirect": "failed",
    "embed": "refused the request",
    "miderr": "crashed",
    "rst": "connection lost",
    "fin": "connection lost",
    "halfline": "garbled answer",
    "nodone": "answer cut off",
    "len": "answer cut off",
    "stall": "timed out",
    "hang": "timed out",
    "load": "empty answer",
    "empty": "empty answer",
}
BEGIN_WELL = ("miderr", "rst", "fin", "halfline", "nodone", "stall")


@pytest.fixture(scope="module", autouse=True)
def _client_loaded() -> None:
    """Importing the client takes seconds once; no test's bound should count it."""
    import langchain_ollama  # noqa: F401


@pytest.fixture
def stand_in() -> Iterator[OllamaStandIn]:
    with OllamaStandIn(says=SAYS) as server:
        yield server


def model(server: OllamaStandIn, name: str = "ok") -> OllamaModel:
    return OllamaModel(server.url, name, read_timeout=SILENCE)


def failure(server: OllamaStandIn, name: str) -> tuple[str, str]:
    """The text that came before the failure, and its reason."""
    pieces: list[str] = []
    with pytest.raises(ModelFailed) as failed:
        pieces.extend(model(server, name).stream("system", "user"))
    return "".join(pieces), failed.value.reason


def post(server: OllamaStandIn, path: str, body: bytes) -> tuple[int, list[dict[str, Any]]]:
    """Status and JSON lines of a plain request."""
    try:
        with urllib.request.urlopen(urllib.request.Request(server.url + path, body), timeout=BOUND) as response:
            return response.status, [json.loads(line) for line in response]
    except HTTPError as error:
        with error:
            return error.code, [json.loads(line) for line in error]


def test_a_whole_answer_comes_in_pieces_that_add_up(stand_in: OllamaStandIn) -> None:
    pieces = list(model(stand_in).stream("system", "user"))
    assert "".join(pieces) == SAYS
    assert len(pieces) > 5


def test_pieces_come_as_they_are_said_not_at_the_end() -> None:
    with OllamaStandIn(says="one two three", pause=0.2) as server:
        stream = model(server).stream("system", "user")
        next(stream)
        before = time.monotonic()
        assert list(stream) == [" two", " three"]
        assert time.monotonic() - before > 0.2


def test_thinking_never_becomes_text(stand_in: OllamaStandIn) -> None:
    assert "".join(model(stand_in, "think").stream("system", "user")) == SAYS


@pytest.mark.parametrize(("name", "reason"), REASONS.items())
def test_every_fault_has_its_reason_in_bounded_time(stand_in: OllamaStandIn, name: str, reason: str) -> None:
    began = time.monotonic()
    text, given = failure(stand_in, name)
    assert given == reason
    assert SAYS.startswith(text)
    assert bool(text) == (name in BEGIN_WELL or name == "len")
    assert time.monotonic() - began < BOUND


@pytest.mark.parametrize("name", ["html", "e500", "miderr"])
def test_a_reason_shows_nothing_of_the_servers_own_words(stand_in: OllamaStandIn, name: str) -> None:
    with pytest.raises(ModelFailed) as failed:
        list(model(stand_in, name).stream("system", "user"))
    assert str(failed.value) == failed.value.reason == REASONS[name]


def test_a_model_the_server_does_not_have_is_missing(stand_in: OllamaStandIn) -> None:
    assert failure(stand_in, "llama9:70b") == ("", "model missing")


def test_a_server_that_is_not_there_is_unreachable() -> None:
    with OllamaStandIn() as gone:
        pass
    assert failure(gone, "ok") == ("", "unreachable")
    with pytest.raises(ModelFailed, match="unreachable"):
        models(gone.url)


def test_a_server_that_does_not_follow_the_protocol_is_a_failure_too() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=_greet, args=(listening,), daemon=True).start()
        talker = OllamaModel(f"http://127.0.0.1:{listening.getsockname()[1]}", "ok", read_timeout=SILENCE)
        with pytest.raises(ModelFailed, match="connection lost"):
            list(talker.stream("system", "user"))


def _greet(listening: socket.socket) -> None:
    connection, _ = listening.accept()
    with connection:
        connection.recv(65536)
        connection.sendall(b"220 smtp.example.org ESMTP\r\n")


@pytest.mark.parametrize("name", ["ok", "think", "busy", "miderr", "len"])
def test_a_request_always_says_how_to_answer(stand_in: OllamaStandIn, name: str) -> None:
    try:
        list(model(stand_in, name).stream("the rules", "the question"))
    except ModelFailed:
        assert name in REASONS
    [sent] = stand_in.requests
    assert sent["model"] == name
    assert sent["stream"] is True
    assert sent["think"] is False
    assert sent["options"] == {"num_ctx": 8192, "num_predict": 512, "temperature": 0.1, "seed": 7}
    assert [(message["role"], message["content"]) for message in sent["messages"]] == [
        ("system", "the rules"),
        ("user", "the question"),
    ]


def test_the_longest_prompt_there_can_be_fits_the_window() -> None:
    seen: list[str] = []
    with OllamaStandIn(says=lambda user: seen.append(user) or "Yes. [1]") as server:  # type: ignore[func-returns-value]
        hits = [make_hit("Open models. " * 100, chunk_id=str(n)) for n in range(CONTEXT_CHARACTERS // 1000)]
        asked = ("open " * MAX_CHARACTERS)[:MAX_CHARACTERS]
        list(Local(model(server)).write(Question(asked, "en"), asked, hits))
    assert seen == [server.requests[0]["messages"][1]["content"]]


def test_an_answer_longer_than_asked_for_is_cut_off(stand_in: OllamaStandIn) -> None:
    stand_in.says = "word " * 600
    text, reason = failure(stand_in, "ok")
    assert (len(text.split()), reason) == (512, "answer cut off")


def test_a_reader_that_leaves_ends_the_request_at_the_server() -> None:
    with OllamaStandIn(says="word " * 500, pause=0.01) as server:
        stream = model(server).stream("system", "user")
        assert next(stream) == "word"
        stream.close()  # type: ignore[attr-defined]
        deadline = time.monotonic() + BOUND
        while not server.abandoned and time.monotonic() < deadline:
            time.sleep(0.01)
        assert server.abandoned == 1


def test_nothing_is_left_open() -> None:
    """Warnings are errors here: a socket that is only found by the garbage collector fails this."""
    threads = threading.active_count()
    with OllamaStandIn(says=SAYS) as server:
        for name in ("ok", *REASONS):
            try:
                list(model(server, name).stream("system", "user"))
            except ModelFailed:
                assert name in REASONS
    gc.collect()
    assert threading.active_count() <= threads


def test_a_local_server_is_reached_past_a_proxy(stand_in: OllamaStandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert models(stand_in.url) == ["ok"]
    assert "".join(model(stand_in).stream("system", "user")) == SAYS


def test_models_are_the_ones_that_can_chat_in_the_servers_order() -> None:
    with OllamaStandIn(models=["qwen3.5:4b", "embed:latest", "think", "llama3.2:3b"]) as server:
        assert models(server.url) == ["qwen3.5:4b", "think", "llama3.2:3b"]
    with OllamaStandIn(models=[]) as server:
        assert models(server.url) == []


@pytest.mark.parametrize(
    "body",
    [b"<html>", b"[]", b"7", b"{}", b'{"models": null}', b'{"models": ["a"]}', b'{"models": [{"size": 1}]}', b"\xff"],
)
def test_a_server_that_is_not_ollama_has_no_models(body: bytes) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=_answer, args=(listening, body), daemon=True).start()
        with pytest.raises(ModelFailed, match="unreachable"):
            models(f"http://127.0.0.1:{listening.getsockname()[1]}")


def _answer(listening: socket.socket, body: bytes) -> None:
    connection, _ = listening.accept()
    with connection:
        connection.recv(65536)
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s" % (len(body), body))


@pytest.mark.parametrize(
    ("url", "checked"),
    [
        ("http://127.0.0.1:11434", "http://127.0.0.1:11434"),
        ("http://127.0.0.1:11434/", "http://127.0.0.1:11434"),
        ("https://models.example.org/ollama/", "https://models.example.org/ollama"),
        ("HTTP://[::1]:11434", "HTTP://[::1]:11434"),
    ],
)
def test_an_address_is_taken_without_its_last_slash(url: str, checked: str) -> None:
    assert check_url(url) == checked


@pytest.mark.parametrize(
    "url",
    ["", "localhost", "localhost:11434", "127.0.0.1:11434", "//127.0.0.1", "ftp://127.0.0.1", "http://", "http:///api",
     "http://127.0.0.1:port", "http://127.0.0.1:99999", "http://[::1", "http://:11434", "http://127.0.0.1:0"],
)  # fmt: skip
def test_what_is_no_address_is_refused_with_what_was_given(url: str) -> None:
    with pytest.raises(UnknownSetting) as refused:
        check_url(url)
    assert repr(url) in str(refused.value)
    assert "http://127.0.0.1:11434" in refused.value.hint


@pytest.mark.parametrize(
    "host",
    ["localhost", "ollama.localhost", "box.local", "ollama.internal", "127.0.0.1", "127.8.8.8", "10.0.0.5",
     "192.168.1.20", "172.16.0.1", "[::1]", "[fd00::5]", "[::ffff:192.168.1.20]"],
)  # fmt: skip
def test_this_machine_and_private_networks_are_local(host: str) -> None:
    assert is_local(f"http://{host}:11434")


@pytest.mark.parametrize(
    "host",
    ["example.org", "8.8.8.8", "172.32.0.1", "[2001:4860:4860::8888]", "[::ffff:8.8.8.8]", "localhost.example.org",
     "internal", "127.0.0.1.example.org", "localhost@example.org"],
)  # fmt: skip
def test_everything_else_is_not_local(host: str) -> None:
    assert not is_local(f"http://{host}:11434")


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
    list(model(stand_in).stream("system", "user"))
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
