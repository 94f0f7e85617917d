"""A greeting, thanks, a farewell, "who are you?": nothing else counts as small talk."""

import pytest

from assistant.phrases import PHRASES
from assistant.small_talk import KINDS, small_talk

SAID = {
    "greeting": (
        "hi", "Hi!", "HELLO", "hello there", "hey 👋", "hiya", "Good morning.", "good evening everyone!",
        "how are you?", "How are you doing today?", "hallo", "Hoi!", "dag", "Goedemorgen", "goedenavond",
        "goede middag", "hallo allemaal", "Hoe gaat het?", "hoe gaat het met je?", "  hi  ...  ", "Hi, how are you?",
    ),
    "thanks": (
        "thanks", "Thanks a lot!", "thank you", "Thank you very much.", "thx", "cheers", "great!", "ok thanks",
        "Okay, thank you", "bedankt", "Dank je wel!", "dank u", "dankjewel", "oké, bedankt", "merci", "perfect",
        "thanks for your help", "Bedankt voor je hulp!",
    ),
    "farewell": ("bye", "Bye bye!", "goodbye", "see you later", "doei", "Tot ziens!", "fijne dag", "fijne dag nog"),
    "self": (
        "who are you?", "What are you?", "what can you do", "What do you do?", "how do you work?", "help",
        "are you a robot?", "Are you human?", "are you an AI", "Wie ben je?", "wie bent u?", "wat kun je doen?",
        "Wat doe je?", "ben je een mens?", "Hello, who are you?",
    ),
}  # fmt: skip

QUESTIONS = (
    "hi, what is RAG?",
    "Hello, which models are open?",
    "thanks, and what about closed models?",
    "thank you, how much does it cost?",
    "hallo, wat is een token?",
    "bedankt, en de nadelen?",
    "goodbye to closed models?",
    "what are you allowed to copy?",
    "who are you paying for a closed model?",
    "how do you work with RAG?",
    "help me choose a model",
    "What does hello mean?",
    "great models?",
    "high",
    "this",
    "dagen",
    "RAG",
)


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in SAID.items() for text in texts])
def test_a_message_that_is_nothing_else_is_small_talk(kind: str, text: str) -> None:
    assert small_talk(text) == kind


@pytest.mark.parametrize("text", QUESTIONS)
def test_a_message_that_asks_something_is_a_question(text: str) -> None:
    assert small_talk(text) is None


def test_every_kind_has_its_phrase_in_every_language() -> None:
    for phrases in PHRASES.values():
        assert phrases.keys() >= KINDS.keys() == SAID.keys()
