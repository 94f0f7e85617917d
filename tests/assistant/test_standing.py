"""Who would write and whether it answers: by what the last requests came to, over a real socket."""

import subprocess
import sys
from collections.abc import Iterator

import pytest

from assistant.budget import Budget
from assistant.models.call import Call
from assistant.models.model import ModelFailed, ScriptedModel
from assistant.models.ollama_server import OllamaServer
from assistant.models.prices import Price
from assistant.standing import Standing, standing
from assistant.writers import Closed, Writers
from tests.ollama_standin import OllamaStandIn

GONE = OllamaServer("http://127.0.0.1:9")


@pytest.fixture
def stand_in() -> Iterator[OllamaStandIn]:
    with OllamaStandIn(models=["ok", "limited", "e400", "fin", "dud"]) as server:
        yield server


def asked(writers: Writers, wanted: str, times: int = 1) -> Standing:
    """How it stands after so many questions, most of which fail."""
    for _ in range(times):
        model = writers.choose(wanted)
        assert model
        try:
            list(model.stream("system", "user", Call()))
        except ModelFailed:
            continue
    return standing(writers, wanted)


def test_without_a_model_the_articles_are_quoted() -> None:
    assert standing(Writers(GONE), "extractive") == Standing("extractive", "none")
    for wanted in ("auto", "local", "llama3:70b"):
        assert standing(Writers(GONE), wanted) == Standing("extractive", "absent")


def test_a_model_that_is_named_and_not_there_is_absent(stand_in: OllamaStandIn) -> None:
    ollama = OllamaServer(stand_in.url)
    assert standing(Writers(ollama, "llama3:70b"), "auto").state == "absent"
    assert standing(Writers(ollama), "llama3:70b").state == "absent"


def test_a_model_is_known_by_what_was_asked_of_it(stand_in: OllamaStandIn) -> None:
    writers = Writers(OllamaServer(stand_in.url))
    assert standing(writers, "auto") == Standing("ok", "untried")
    assert asked(writers, "auto") == Standing("ok", "answers")
    assert [asked(writers, "fin").state for _ in range(3)] == ["fails", "fails", "resting"]
    assert asked(writers, "limited").state == "resting"
    assert asked(writers, "e400").state == "untried"  # says nothing against the server
    assert len(stand_in.requests) == 6


def test_a_model_that_was_loaded_answers_and_one_that_was_not_fails(stand_in: OllamaStandIn) -> None:
    ollama = OllamaServer(stand_in.url)
    well, ill = Writers(ollama), Writers(ollama, "dud")
    well.warm()
    with pytest.raises(ModelFailed):
        ill.warm()
    assert standing(well, "auto") == Standing("ok", "answers")
    assert standing(ill, "auto") == Standing("dud", "fails")


def test_warming_up_imports_the_client_too(stand_in: OllamaStandIn) -> None:
    warm = (
        "import sys; from assistant.writers import Writers; from assistant.models.ollama_server import OllamaServer; "
        f"Writers(OllamaServer({stand_in.url!r})).warm(); print('langchain_ollama' in sys.modules)"
    )
    ran = subprocess.run([sys.executable, "-c", warm], capture_output=True, text=True, check=True)
    assert ran.stdout == "True\n"


def test_a_closed_model_is_known_by_its_calls_too() -> None:
    model = ScriptedModel([], "big", fails="key refused", stays_here=False)
    closed = Closed(model, Price(1, 1), Budget(None, 1, 1))
    writers = Writers(GONE, policy="closed", closed=closed)
    assert standing(writers, "auto") == Standing("big", "untried")
    assert asked(writers, "auto", 3) == Standing("big", "resting")
