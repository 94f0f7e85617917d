"""Rewriting by the local model: follow-ups made to stand alone, questions translated; never in the way of an answer."""

from collections.abc import Callable
from typing import Any

import pytest

from assistant.chain import Assistant
from assistant.models.call import Call
from assistant.models.model import ModelFailed, Stream
from assistant.question import Question, check
from assistant.rewriting import LONGEST, condensed, translated
from assistant.settings import ASSISTANT
from assistant.traces import Traces
from assistant.wiring import make_assistant
from knowledge.wiring import Knowledge
from tests.ollama_standin import OllamaStandIn


class Clerk:
    """A model that answers by the system prompt's first word."""

    name, kind, stays_here, window = "clerk", "local", True, 8192

    def __init__(self, **says: str | None) -> None:
        self._says = says
        self.asked: list[str] = []

    def stream(self, system: str, user: str, call: Call) -> Stream:
        """What is scripted for a task; a failure where that is None."""
        task = system.split(maxsplit=1)[0].casefold()
        self.asked.append(task)
        said = self._says.get(task)
        if said is None:
            raise ModelFailed("crashed")
        yield said


@pytest.fixture
def make(base: Knowledge, ingest: Callable[..., Any]) -> Callable[[Clerk], Assistant]:
    ingest(
        bread="# Bread\n\nBread is baked from flour, water and salt.",
        beer="# Beer\n\nBeer is brewed from barley, hops and water.",
    )
    return lambda clerk: make_assistant(base, {s.name: s for s in ASSISTANT}, clerk)  # type: ignore[arg-type]


HISTORY = [{"role": "user", "content": "What is bread baked from?"}, {"role": "assistant", "content": "Flour. [1]"}]


def test_a_follow_up_is_condensed_by_the_model(make: Callable[[Clerk], Assistant]) -> None:
    clerk = Clerk(rewrite="What is beer brewed from?", you="Beer is brewed from barley, hops and water. [1]")
    answer = make(clerk).answer(check("And the other drink, what about that?", HISTORY))
    assert answer.standalone_question == "What is beer brewed from?"
    assert "barley" in answer.answer
    assert clerk.asked == ["rewrite", "you"]


def test_a_question_that_stands_alone_is_left_alone(make: Callable[[Clerk], Assistant]) -> None:
    clerk = Clerk(you="Beer is brewed from barley, hops and water. [1]")
    make(clerk).answer(check("What is beer brewed from, barley or wheat?", HISTORY))
    make(clerk).answer(check("And this?"))
    assert "rewrite" not in clerk.asked


@pytest.mark.parametrize("rambles", [None, "", "word " * 200, "\n\n"])
def test_where_the_model_fails_the_way_without_one_stays(
    make: Callable[[Clerk], Assistant], rambles: str | None
) -> None:
    clerk = Clerk(rewrite=rambles, you="Bread is baked from flour, water and salt. [1]")
    answer = make(clerk).answer(check("And what is that baked from?", HISTORY))
    assert answer.standalone_question == "What is bread baked from? And what is that baked from?"


def test_a_question_in_another_language_is_translated_for_the_search(
    make: Callable[[Clerk], Assistant], base: Knowledge
) -> None:
    clerk = Clerk(translate="What is beer brewed from?", you="Bier wird aus barley, hops und water gebraut. [1]")
    answer = make(clerk).answer(check("Woraus wird eigentlich Bier gebraut?", language="de"))
    assert clerk.asked == ["translate", "you"]
    trace = Traces(base.catalogue.engine, 30).find(answer.trace_id)
    assert trace
    assert {"text": "What is beer brewed from?", "language": "en", "weight": 1.0} in trace.record["readings"]
    assert trace.record["hits"][0]["article_id"] == "beer"


def test_extraction_asks_no_model(make: Callable[[Clerk], Assistant]) -> None:
    clerk = Clerk(rewrite="What is beer brewed from?")
    assistant = make(clerk)
    assert assistant.answer(check("And that?", HISTORY), "extractive").model.kind == "extractive"
    assert assistant.answers(check("What is beer brewed from?"))
    assert clerk.asked == []


@pytest.mark.parametrize(
    ("says", "line"),
    [("What is RAG?", "What is RAG?"), ('  "What is RAG?"\nIt is', "What is RAG?"), ("x" * (LONGEST + 1), None)],
)
def test_only_one_short_line_counts(says: str, line: str | None) -> None:
    clerk: Any = Clerk(translate=says, rewrite=says)
    assert translated(clerk, "Was ist RAG?", "en", Call()) == line
    assert condensed(clerk, Question("And it?", "en"), Call()) == line


def test_a_model_that_rambles_is_hung_up() -> None:
    from assistant.models.ollama import OllamaModel
    from assistant.models.ollama_server import OllamaServer

    with OllamaStandIn(says="One.\n" + "word " * 400, pause=0.01) as server:
        assert translated(OllamaModel(OllamaServer(server.url), "ok"), "Eins.", "en", Call()) == "One."
