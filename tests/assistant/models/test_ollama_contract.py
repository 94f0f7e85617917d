"""What we rely on of Ollama, held against the stand-in, and a real server where one answers (marker ``ollama``)."""

from collections.abc import Iterator

import pytest

from assistant.models.call import Call
from assistant.models.model import ModelFailed
from assistant.models.ollama import OllamaModel
from assistant.models.ollama_server import OllamaServer
from assistant.models.pull import pull
from knowledge.errors import DependencyDown
from tests.ollama_standin import OllamaStandIn

REAL = "http://127.0.0.1:11434"
WINDOW = 2048


@pytest.fixture(params=["stand-in", pytest.param("real", marks=pytest.mark.ollama)])
def server(request: pytest.FixtureRequest) -> Iterator[OllamaServer]:
    if request.param == "stand-in":
        with OllamaStandIn(models=["ok:latest"]) as stand_in:
            yield OllamaServer(stand_in.url)
        return
    real = OllamaServer(REAL)
    if not real.answers() or not real.models():
        pytest.skip(f"no Ollama with a model answered at {REAL}: the contract was held against the stand-in only")
    yield real


def test_models_have_names_sizes_and_digests(server: OllamaServer) -> None:
    first = server.models()[0]
    assert first.name
    assert first.size > 0
    assert len(first.digest) == 64
    assert (server.trained_window(first.name) or 0) >= WINDOW


def test_a_loaded_model_has_the_window_that_was_asked_for(server: OllamaServer) -> None:
    name = server.models()[0].name
    server.load(name, WINDOW)
    assert server.allocated_window(name) == WINDOW


def test_an_answer_streams_ends_by_itself_and_counts_its_tokens(server: OllamaServer) -> None:
    call = Call()
    model = OllamaModel(server, server.models()[0].name, WINDOW)
    said = "".join(model.stream("Answer with one short sentence.", "What is bread?", call))
    assert said.strip()
    assert call.input_tokens > 0
    assert call.output_tokens > 0


def test_a_model_that_is_not_there_is_missing(server: OllamaServer) -> None:
    with pytest.raises(ModelFailed, match="model missing"):
        list(OllamaModel(server, "footnote-has-no-such-model:1b").stream("s", "u", Call()))
    with pytest.raises(DependencyDown, match="does not exist"):
        list(pull(server, "missing"))


def test_a_name_without_a_tag_is_the_latest(server: OllamaServer) -> None:
    latest = [one.name for one in server.models() if one.name.endswith(":latest")]
    if not latest:
        pytest.skip("the server has no model with the tag latest")
    assert list(OllamaModel(server, latest[0].removesuffix(":latest"), WINDOW).stream("s", "What is bread?", Call()))
