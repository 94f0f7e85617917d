"""Which one of a list a question means, and whether it means one."""

import pytest

from assistant.ordinal import PLACES, names_one, nth

STEPS = ("a", "b", "c", "d")


@pytest.mark.parametrize(
    ("question", "item"),
    [
        ("What is the first step?", "a"),
        ("the 2nd one", "b"),
        ("And the THIRD?", "c"),
        ("What is the last step?", "d"),
        ("the final step", "d"),
        ("Wat is de tweede stap?", "b"),
        ("en de laatste?", "d"),
        ("the second of the last", "b"),
    ],
)
def test_the_first_ordinal_of_a_question_counts(question: str, item: str) -> None:
    assert nth(STEPS, question) == item


@pytest.mark.parametrize("question", ["What is the fifth step?", "de zevende", "Which steps are there?", "step 9", ""])
def test_beyond_the_list_or_without_an_ordinal_there_is_none(question: str) -> None:
    assert nth(STEPS, question) is None


@pytest.mark.parametrize("word", PLACES)
def test_no_place_is_found_in_a_list_of_nothing(word: str) -> None:
    assert nth((), word) is None


@pytest.mark.parametrize(
    "question",
    [
        "What is the second step of baking bread?",
        "Name the third big advantage",
        "the 4th reason",
        "Which one is the last?",
        "And the second?",
        "the first one",
        "Wat is de derde stap?",
        "Wat is het eerste voordeel van RAG?",
        "en de laatste?",
    ],
)
def test_a_question_after_one_of_several_names_it(question: str) -> None:
    assert names_one(question)


@pytest.mark.parametrize(
    "question",
    [
        "What are the steps of baking bread?",
        "Who made the first chatbot?",
        "When was the last winter of AI?",
        "First of all, what is RAG?",
        "Wie bouwde de eerste computer?",
        "What lasts longest?",
        "Which second hand options are there?",
    ],
)
def test_a_thing_that_was_first_is_none_of_a_list(question: str) -> None:
    assert not names_one(question)
