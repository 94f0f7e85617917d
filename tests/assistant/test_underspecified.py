"""A question that names no subject is asked back; one that names any is not."""

import pytest

from assistant.question import check
from assistant.underspecified import underspecified

VAGUE = (
    "What are the advantages?", "how does it work?", "what does it cost?", "Why?", "tell me more",
    "which one is better?",
    "what is the difference?", "is it safe?", "What is this?", "Is that true?", "explain", "How much?",
    "what are the steps?", "The advantages, what are those?",
    "Wat zijn de voordelen?", "hoe werkt het?", "wat kost dat?", "waarom?", "welke is beter?", "leg uit",
)  # fmt: skip
CLEAR = (
    "AI", "What is RAG?", "lora", "Where does the Bronx get its name from?", "quantization what does it do",
    "Who were the dadaists and what did they do?", "models", "How do I start a fine-tuning run?", "wat is een token",
    "What does Claude cost?", "Adversarial examples, what are those?", "Is it safe to run a model at home?",
)  # fmt: skip


@pytest.mark.parametrize("text", VAGUE)
def test_a_question_without_a_subject_is_underspecified(text: str) -> None:
    assert underspecified(check(text))


@pytest.mark.parametrize("text", CLEAR)
def test_a_question_with_one_is_not(text: str) -> None:
    assert not underspecified(check(text))


@pytest.mark.parametrize("text", VAGUE)
def test_an_earlier_turn_or_the_page_being_read_is_a_subject(text: str) -> None:
    assert not underspecified(check(text, [{"role": "user", "content": "What is RAG?"}]))
    assert not underspecified(check(text, page_url="https://site.example/rag"))
