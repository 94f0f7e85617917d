"""What a question asks for and the passages lack: names, and prices, amounts and years."""

from collections.abc import Iterable

import pytest

from assistant.lacking import names, unnamed, unoffered
from assistant.units import units
from tests.assistant.hits import make_page

PAGE = make_page("GPT-3 was trained on 1,287 MWh, says Patterson. The European Union has rules.", title="Energy")


def rare(terms: Iterable[str]) -> float:
    return 0.0


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("Which authority supervises it in the Netherlands?", ["Netherlands"]),
        ("How much did GPT-4 use in 2024?", ["GPT-4", "2024"]),
        ("Who leads the European Union?", ["European", "Union"]),
        ("how much gb for a 70b model in 4bit, of gpt-4", ["gpt-4"]),
        ("What is rag?", []),
        ("What Is Machine Learning?", []),
        ("WHAT IS RAG?", []),
    ],
)
def test_names_have_a_capital_or_a_figure_inside_the_sentence(question: str, found: list[str]) -> None:
    assert names(question, "en") == found


def test_german_nouns_are_no_names() -> None:
    assert names("Wie viel Strom braucht ein Modell wie GPT-4?", "de") == ["GPT-4"]


@pytest.mark.parametrize(
    ("question", "lacks"),
    [
        ("How much did the training of GPT-4 use?", True),
        ("How much did the training of GPT-3 use?", False),
        ("How much is it in the Netherlands?", True),
        ("What did Paterson say?", False),  # a typo
        ("What are the 5 rules of the European Union?", False),
        ("What happened in 1999?", True),
    ],
)
def test_a_name_that_no_passage_has_is_lacking(question: str, lacks: bool) -> None:
    assert unnamed(question, "en", [PAGE], rare) is lacks


def test_a_name_that_the_whole_site_is_about_goes_without_saying() -> None:
    assert not unnamed("Which models does Anthropic have?", "en", [PAGE], lambda terms: 0.2)


def test_names_are_not_looked_for_in_another_language() -> None:
    assert not unnamed("Wat zijn de regels in Nederland?", "nl", [PAGE], rare)
    assert not unnamed("What are the rules in the Netherlands?", "en", [], rare)


@pytest.mark.parametrize(
    ("question", "text", "lacks"),
    [
        ("What does it cost?", "It is released under a licence.", True),
        ("What does it cost?", "A million tokens are 2 euro.", False),
        ("Hoeveel kost het?", "Het is gratis.", False),
        ("Hoeveel stroom kost het?", "Het gebruikt 3 wattuur.", False),  # no price is asked for
        ("How much energy does it cost?", "It uses little.", True),
        ("How many parts are there?", "The parts are small.", True),
        ("How many parts are there?", "There are three parts.", False),
        ("What year was it founded?", "It was founded in Paris.", True),
        ("When was it founded?", "It was founded in 2021.", False),
        ("When should I use it?", "Where data is private.", False),
        ("Who founded it?", "It was founded in Paris.", False),
    ],
)
def test_a_price_an_amount_or_a_year_must_be_offered(question: str, text: str, lacks: bool) -> None:
    assert unoffered(question, units(make_page(text))) is lacks
