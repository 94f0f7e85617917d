"""The language of short, sloppy questions."""

import pytest

from knowledge.language import detect


@pytest.mark.parametrize(
    "question",
    [
        "What is RAG?",
        "How does a transformer work?",
        "is my data safe",
        "prompt injection",
        "hallucinations",
        "ollama install",
        "which bread has no gluten",
    ],
)
def test_english_questions(question: str) -> None:
    assert detect(question) == "en"


@pytest.mark.parametrize(
    "question",
    [
        "Wat is RAG?",
        "Hoe werkt een transformer?",
        "welke voordelen heeft open source?",
        "wat kost het?",
        "kan ik dit zelf draaien",
    ],
)
def test_dutch_questions(question: str) -> None:
    assert detect(question) == "nl"


@pytest.mark.parametrize(
    "question",
    ["Was ist RAG?", "Wie funktioniert ein Transformer?", "welche Vorteile hat Open Source", "Was kostet das?"],
)
def test_german_questions(question: str) -> None:
    assert detect(question) == "de"


@pytest.mark.parametrize("text", ["", "???", "42", "GPT-4"])
def test_what_gives_no_hint_counts_as_english(text: str) -> None:
    assert detect(text) == "en"


def test_english_with_a_foreign_name_stays_english() -> None:
    assert detect("who founded Deutsche Telekom and what does it sell") == "en"
