"""Follow-ups carry the topic over; questions that stand alone stay as they are."""

import pytest

from assistant.followup import AROUND, CARRIED, CARRIED_IF_NOT_LEANING, readings, standalone
from assistant.question import check
from knowledge.reading import Reading

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


def user(*texts: str) -> list[dict[str, str]]:
    return [{"role": "user", "content": text} for text in texts]


LIST = "There are:\n- LoRA adapts few weights [1]\n  2. full training [2]\n3) prompts that say **more**"


def answered(answer: str) -> list[dict[str, str]]:
    return [*user("Which methods are there?"), {"role": "assistant", "content": answer}]


def test_a_first_question_is_read_as_it_stands_only() -> None:
    assert readings(check("What does it cost?", language="en")) == (Reading("What does it cost?", "en"),)


def test_a_turn_that_leans_is_read_as_it_stands_with_its_topic_and_mostly_as_itself() -> None:
    text = "And what are its disadvantages?"
    assert readings(check(text, HISTORY, "en")) == (
        Reading(text, "en"),
        Reading(f"What is fine-tuning? {text}", "en", CARRIED),
        Reading(f"{text} {text} What is fine-tuning? What is fine-tuning?", "en", AROUND),
    )


def test_a_change_of_topic_is_followed_for_what_went_before_weighs_less() -> None:
    text = "Which companies build closed-source language models?"
    assert readings(check(text, HISTORY, "en")) == (
        Reading(text, "en"),
        Reading(f"What is fine-tuning? {text}", "en", CARRIED_IF_NOT_LEANING),
    )
    assert CARRIED_IF_NOT_LEANING < CARRIED


def test_turns_that_lean_are_carried_back_to_the_one_they_lean_on() -> None:
    history = user("How do bees make honey?", "Which companies train language models?", "And its costs?", "why?")
    _, carried, around = readings(check("Who pays them?", history, "en"))
    assert carried.text == "Which companies train language models? And its costs? why? Who pays them?"
    assert around.text == "Who pays them? Who pays them? How do bees make honey? why?"


@pytest.mark.parametrize(
    ("text", "item"),
    [
        ("How expensive is the second one?", "full training"),
        ("And the last?", "prompts that say **more**"),
        ("Hoe duur is de eerste?", "LoRA adapts few weights"),
    ],
)
def test_an_ordinal_points_at_an_item_of_the_last_answers_list(text: str, item: str) -> None:
    history = answered(
        "There are:\n- LoRA adapts few weights [1]\n  2. full training [2]\n3) prompts that say **more**"
    )
    assert readings(check(text, history, "en"))[1] == Reading(f"{text} {item}", "en", CARRIED)


@pytest.mark.parametrize("answer", ["- LoRA\n- QLoRA", "There is no list. The third way is none."])
def test_an_ordinal_beyond_the_list_points_at_nothing(answer: str) -> None:
    text = "What is the third one?"
    assert readings(check(text, answered(answer), "en"))[1].text == f"Which methods are there? {text}"


def test_only_the_last_answer_has_the_list_that_is_meant() -> None:
    history = [*answered("- LoRA\n- QLoRA"), *answered("- tea\n- coffee")]
    assert readings(check("the second?", history, "en"))[1].text == "the second? coffee"
