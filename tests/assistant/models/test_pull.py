"""Fetching a model: step by step, and what is said when something else comes."""

import socket
import threading

import pytest

from assistant.models.ollama_server import OllamaServer
from assistant.models.pull import Step, pull
from knowledge.errors import DependencyDown
from tests.ollama_standin import OllamaStandIn


def test_a_pull_tells_its_progress_and_the_model_is_there() -> None:
    with OllamaStandIn() as server:
        steps = list(pull(OllamaServer(server.url), "qwen3.5:4b"))
        assert [one.name for one in OllamaServer(server.url).models()] == ["ok", "qwen3.5:4b"]
    assert steps[0] == Step("pulling manifest")
    assert steps[1] == Step("pulling aaaaaaaaaaaa", 0, 2019393189)
    assert [step.completed for step in steps if step.total] == sorted(step.completed for step in steps if step.total)
    assert steps[-1] == Step("success")


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"<html>", "it answered '<html>'"),
        (b"[]", "it answered"),
        (b"7", "it answered"),
        (b'{"status": "success", "total": "x"}', "it answered"),
        (b"", "it ended after: nothing"),
    ],
)
def test_a_server_that_is_not_ollama_is_told_by_what_it_says(body: bytes, said: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=_answer, args=(listening, body), daemon=True).start()
        with pytest.raises(DependencyDown, match="m was not fetched from") as failed:
            list(pull(OllamaServer(f"http://127.0.0.1:{listening.getsockname()[1]}"), "m"))
    assert said in str(failed.value)


def test_what_is_shown_of_a_long_answer_is_bounded_and_nothing_a_terminal_obeys() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=_answer, args=(listening, b"\x1b[2J" + b"x" * 10_000), daemon=True).start()
        with pytest.raises(DependencyDown) as failed:
            list(pull(OllamaServer(f"http://127.0.0.1:{listening.getsockname()[1]}"), "m"))
    assert "\x1b" not in str(failed.value)
    assert len(str(failed.value)) < 500


def _answer(listening: socket.socket, body: bytes) -> None:
    connection, _ = listening.accept()
    with connection:
        connection.recv(65536)
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s" % (len(body), body))
