"""Which writer answers: the owner's model, the first that can chat, extraction; and servers that come and go."""

import pytest

from assistant.models.model import ModelFailed
from assistant.models.ollama_server import OllamaServer, full_name
from assistant.writers import Writers
from tests.ollama_standin import OllamaStandIn

GONE = OllamaServer("http://127.0.0.1:9")


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
    with OllamaStandIn(models=["guard:latest", "one:7b"]) as server:
        ollama = OllamaServer(server.url)
        assert chosen(Writers(ollama, moderator="guard"), "auto") == "one:7b"
        assert chosen(Writers(ollama, "guard", moderator="guard"), "auto") == "guard:latest"
        server.models.remove("one:7b")
        writers = Writers(ollama, moderator="guard")
        assert (chosen(writers, "auto"), writers.helper("auto"), writers.warm()) == (None, None, None)
        with pytest.raises(ModelFailed, match="no local model"):
            writers.choose("local")


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
