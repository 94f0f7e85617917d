"""The check of what a model says against the passage it cites."""

from collections.abc import Callable
from typing import Any

import pytest

from assistant.grounding import Grounding, names
from assistant.piece import Evidence, Piece
from knowledge.wiring import Knowledge
from tests.assistant.hits import make_hit

TEXT = (
    "Mistral 7B is an open model that Mistral AI released in September 2023 under the Apache 2.0 licence. "
    "It runs on a laptop with 16 GB of memory."
)
HIT = make_hit(TEXT, title="Open models")


@pytest.fixture
def grounding(base: Knowledge, ingest: Callable[..., Any]) -> Grounding:
    ingest(open=f"# Open models\n\n{TEXT}")
    return Grounding(base.searcher())


def piece(text: str, whole: bool = True) -> Piece:
    return Piece("sentence", text, (Evidence(HIT, 0, len(TEXT)),) if whole else ())


@pytest.mark.parametrize(
    "text",
    [
        "Mistral 7B is an open model.",
        "It was released under the Apache 2.0 licence in September 2023.",
        "Mistral AI's model runs on a laptop with 16 GB of memory.",
    ],
)
def test_what_the_passage_says_is_carried(grounding: Grounding, text: str) -> None:
    assert grounding.doubt(piece(text)) is None


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Mistral 7B runs on a laptop with 8 GB of memory.", "a figure the passage lacks"),
        ("Mistral 7B was released in September 2024.", "a figure the passage lacks"),
        ("Mistral 7B was released in October 2023.", "a name the passage lacks"),
        ("The open model Mistral 7B was released by Meta.", "a name the passage lacks"),
        ("Mistral 7B is an open model under the MIT licence.", "a name the passage lacks"),
        ("The open model LLaMA runs on a laptop.", "a name the passage lacks"),
        ("Bananas grow upwards in warm rain forests.", "not what the passage says"),
    ],
)
def test_what_it_does_not_say_is_doubted(grounding: Grounding, text: str, why: str) -> None:
    assert grounding.doubt(piece(text)) == why


def test_a_sentence_without_a_footnote_is_doubted(grounding: Grounding) -> None:
    assert grounding.doubt(piece("Mistral 7B is an open model.", whole=False)) == "no footnote"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It beats GPT-4o, says OpenAI's chief.", {"gpt-4o", "openai"}),
        ("Weights are open. Anyone may use them: Students too.", set()),
        ("“Open” is a word.", set()),
        ("In Paris they use the A100.", {"paris", "a100"}),
    ],
)
def test_names_are_told_by_their_form_and_place(text: str, found: set[str]) -> None:
    assert names(text, "en", {"en"}) == found


def test_a_capital_tells_nothing_in_german_or_across_languages() -> None:
    assert names("Das Modell von OpenAI kommt aus Amerika.", "de", {"de"}) == {"openai"}
    assert names("Dit is een wet van de Europese Unie.", "nl", {"en"}) == set()
