"""Follow-ups carry the topic over; questions that stand alone stay as they are."""

import pytest

from assistant.followup import standalone
from assistant.question import check

HISTORY = [
    {"role": "user", "content": "What is fine-tuning?"},
    {"role": "assistant", "content": "Fine-tuning is further training. [1]"},
]


@pytest.mark.parametrize("text", ["And what are its disadvantages?", "costs?", "how does it compare with RAG"])
def test_a_turn_that_leans_on_the_one_before_gets_it(text: str) -> None:
    assert standalone(check(text, HISTORY)) == f"What is fine-tuning? {text}"


def test_a_question_that_stands_alone_stays_as_it_is() -> None:
    text = "Which companies build closed-source language models?"
    assert standalone(check(text, HISTORY)) == text


def test_without_a_history_nothing_is_added() -> None:
    assert standalone(check("And its costs?")) == "And its costs?"


def test_only_user_turns_are_carried_over() -> None:
    assert standalone(check("And its costs?", HISTORY[1:])) == "And its costs?"
