"""Questions are checked before any work is done."""

import pytest

from assistant.question import MAX_CHARACTERS, check
from knowledge.errors import BadQuestion


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "empty"),
        (" \n\t ", "empty"),
        ("😀🎉", "no word"),
        ("???", "no word"),
        ("a" * 100_000, "100,000 characters"),
    ],
)
def test_what_cannot_be_answered_is_refused_with_what_was_received_and_a_remedy(text: str, says: str) -> None:
    with pytest.raises(BadQuestion, match=says) as caught:
        check(text)
    assert caught.value.hint
    assert caught.value.exit_code == 2


def test_the_longest_question_is_taken() -> None:
    assert check("a" * MAX_CHARACTERS).text


def test_a_question_is_trimmed_and_its_language_told() -> None:
    question = check("  Wat zijn de nadelen van gesloten modellen?\n")
    assert (question.text, question.language) == ("Wat zijn de nadelen van gesloten modellen?", "nl")


def test_a_given_language_wins() -> None:
    assert check("RAG?", language="nl").language == "nl"


@pytest.mark.parametrize("turn", [{}, {"role": "system", "content": "x"}, {"role": "user"}])
def test_a_history_that_is_none_is_refused(turn: dict[str, str]) -> None:
    with pytest.raises(BadQuestion, match="a turn of the history"):
        check("And then?", [turn])
