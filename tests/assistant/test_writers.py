"""Which writer answers: the owner's model, the first that can chat, extraction; and servers that come and go."""

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from assistant.models.listing import PROMPT
from assistant.models.model import ModelFailed
from assistant.models.ollama_server import OllamaServer, full_name
from assistant.writers import Writers
from tests.ollama_standin import OllamaStandIn

GONE = OllamaServer("http://127.0.0.1:9")


@contextmanager
def silent(url: str) -> Iterator[None]:
    """A server in that place that says nothing, as one behind a dead network."""
    with socket.create_server(("127.0.0.1", int(url.rpartition(":")[2]))):
        yield


def chosen(writers: Writers, wanted: str) -> str | None:
    model = writers.choose(wanted)
    return model.name if model else None


def test_the_first_model_that_can_chat_writes_unless_one_is_preferred() -> None:
    with OllamaStandIn(models=["embed", "one", "two"]) as server:
        ollama = OllamaServer(server.url)
        assert chosen(Writers(ollama), "auto") == "one"
        assert chosen(Writers(ollama, "two"), "auto") == "two"
        assert chosen(Writers(ollama, "three"), "auto") is None
        assert chosen(Writers(ollama), "five") == "five"
        assert chosen(Writers(ollama), "extractive") is None


def test_a_model_that_judges_writes_only_where_it_is_named_as_the_writer_too() -> None:
    with OllamaStandIn(models=["critic:latest", "one:7b"]) as server:
        ollama = OllamaServer(server.url)
        assert chosen(Writers(ollama, moderator="critic"), "auto") == "one:7b"
        assert chosen(Writers(ollama, "critic", moderator="critic"), "auto") == "critic:latest"
        server.models.remove("one:7b")
        writers = Writers(ollama, moderator="critic")
        assert (chosen(writers, "auto"), writers.helper("auto"), writers.warm()) == (None, None, None)
        with pytest.raises(ModelFailed, match="no local model"):
            writers.choose("local")


JUDGES = ["llama-guard3:1b", "shieldgemma:2b", "granite3-guardian:8b", "gpt-oss-safeguard:20b", "ns/Qwen3Guard:4b"]


@pytest.mark.parametrize("judge", JUDGES)
def test_a_model_made_to_judge_writes_only_where_it_is_named(judge: str) -> None:
    with OllamaStandIn(models=[judge, "guardians/mistral:7b"]) as server:
        ollama = OllamaServer(server.url)
        assert chosen(Writers(ollama), "auto") == "guardians/mistral:7b"
        assert (chosen(Writers(ollama, judge), "auto"), chosen(Writers(ollama), judge)) == (judge, judge)


@pytest.mark.parametrize("name", ["mistral", "mistral:latest"])
def test_a_name_without_a_tag_is_the_latest(name: str) -> None:
    with OllamaStandIn(models=["one:7b", "mistral:latest"]) as server:
        server.digests["mistral:latest"] = "b" * 64
        writers = Writers(OllamaServer(server.url), name)
        assert (chosen(writers, "auto"), chosen(writers, "local"), writers.warm()) == ("mistral:latest",) * 3
        assert (chosen(Writers(OllamaServer(server.url)), name), writers.digest(name)) == ("mistral:latest", "b" * 64)
        assert chosen(Writers(OllamaServer(server.url), "one"), "auto") is None


@pytest.mark.parametrize(
    ("name", "full"),
    [("m", "m:latest"), ("m:7b", "m:7b"), ("ns/m", "ns/m:latest"), ("host:5000/ns/m", "host:5000/ns/m:latest")],
)
def test_the_tag_stands_behind_the_last_slash(name: str, full: str) -> None:
    assert full_name(name) == full


def test_without_a_server_auto_is_extraction_and_local_a_failure() -> None:
    assert chosen(Writers(GONE), "auto") is None
    with pytest.raises(ModelFailed, match="no local model"):
        Writers(GONE).choose("local")
    assert Writers(GONE).warm() is None


def test_a_server_that_comes_back_is_used_again_without_a_restart() -> None:
    with OllamaStandIn() as server:
        port = int(server.url.rpartition(":")[2])
        writers = Writers(OllamaServer(server.url), believed=0.0)
        assert chosen(writers, "auto") == "ok"
    assert chosen(writers, "auto") is None
    with OllamaStandIn(port=port):
        assert chosen(writers, "auto") == "ok"


def test_a_list_is_believed_for_a_while() -> None:
    with OllamaStandIn() as server:
        writers = Writers(OllamaServer(server.url))
        assert chosen(writers, "auto") == "ok"
        server.models.clear()
        assert chosen(writers, "auto") == "ok"


def test_nobody_waits_for_a_server_that_has_fallen_silent() -> None:
    with OllamaStandIn() as server:
        writers = Writers(OllamaServer(server.url), believed=0.0)
        assert chosen(writers, "auto") == "ok"
    with silent(server.url):
        found, slowest, began = list[str | None](), 0.0, time.monotonic()
        while "ok" in found[-1:] or not found:
            asked = time.monotonic()
            found.append(chosen(writers, "auto"))
            slowest = max(slowest, time.monotonic() - asked)
        assert found[-1] is None
        assert 1 < time.monotonic() - began < 10
        assert slowest < 4 * PROMPT


def test_the_window_of_a_model_that_does_not_tell_it_is_asked_for_once() -> None:
    with OllamaStandIn() as server:
        told = Untold(server.url)
        writers = Writers(told)
        assert [writers.named("ok").window for _ in range(3)] == [writers.num_ctx] * 3
        assert told.asked == 1


class Untold(OllamaServer):
    """A server that tells no model's window, and counts how often it was asked."""

    asked = 0

    def trained_window(self, name: str) -> int | None:
        """Not known."""
        self.asked += 1
        return None
