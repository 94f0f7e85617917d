"""An Ollama server beside its chats: its models, their windows, loading and pulling one."""

import socket
import threading
from collections.abc import Iterator

import pytest

from assistant.models.model import ModelFailed
from assistant.models.ollama_server import OllamaServer
from tests.ollama_standin import OllamaStandIn


@pytest.fixture
def stand_in() -> Iterator[OllamaStandIn]:
    with OllamaStandIn() as server:
        yield server


def names(url: str) -> list[str]:
    return [listed.name for listed in OllamaServer(url).models()]


def test_a_local_server_is_reached_past_a_proxy(stand_in: OllamaStandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert names(stand_in.url) == ["ok"]
    assert OllamaServer(stand_in.url).answers()


def test_models_are_the_ones_that_can_chat_in_the_servers_order() -> None:
    with OllamaStandIn(models=["qwen3.5:4b", "embed:latest", "think", "llama3.2:3b"]) as server:
        assert names(server.url) == ["qwen3.5:4b", "think", "llama3.2:3b"]
        assert OllamaServer(server.url).models()[0].size == 2019393189
    with OllamaStandIn(models=[]) as server:
        assert names(server.url) == []


@pytest.mark.parametrize(
    "body",
    [b"<html>", b"[]", b"7", b"{}", b'{"models": null}', b'{"models": ["a"]}', b'{"models": [{"size": 1}]}', b"\xff"],
)
def test_a_server_that_is_not_ollama_has_no_models(body: bytes) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=_answer, args=(listening, body), daemon=True).start()
        with pytest.raises(ModelFailed, match="unreachable"):
            names(f"http://127.0.0.1:{listening.getsockname()[1]}")


def _answer(listening: socket.socket, body: bytes) -> None:
    connection, _ = listening.accept()
    with connection:
        connection.recv(65536)
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s" % (len(body), body))


def test_windows_are_told_trained_and_allocated(stand_in: OllamaStandIn) -> None:
    server = OllamaServer(stand_in.url)
    assert (server.trained_window("ok"), server.trained_window("small")) == (131072, 2048)
    assert server.trained_window("other") is None
    assert server.allocated_window("ok") is None
    server.load("ok", 4096)
    assert server.allocated_window("ok") == server.allocated_window("ok:latest") == 4096


def test_loading_a_model_sends_no_message_and_the_window(stand_in: OllamaStandIn) -> None:
    OllamaServer(stand_in.url).load("ok", 4096)
    [sent] = stand_in.requests
    assert (sent["messages"], sent["options"], sent["keep_alive"]) == ([], {"num_ctx": 4096}, "30m")
    with pytest.raises(ModelFailed, match="not loaded"):
        OllamaServer(stand_in.url).load("dud", 4096)
