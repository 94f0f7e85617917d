"""A visitor's question, checked before any work is done."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from knowledge.errors import BadQuestion
from knowledge.language import detect
from knowledge.terms import words

# The longest of 8,000 public test questions has 600 characters.
MAX_CHARACTERS = 2000
# Earlier turns that are looked at, the latest; longer conversations go on, older turns are forgotten.
MAX_TURNS = 20


@dataclass(frozen=True, slots=True)
class Message:
    """One earlier message; ``role`` is ``user`` or ``assistant``."""

    role: str
    content: str


@dataclass(frozen=True)
class Question:
    """``told`` is its language where that is given; ``history`` is oldest first; ``page_url`` the page being read."""

    text: str
    told: str | None = None
    history: tuple[Message, ...] = ()
    page_url: str | None = None

    @cached_property
    def language(self) -> str:
        """An ISO 639-1 code, found when it is first asked for: by then the question may be on its way."""
        return self.told or detect(self.text)


def check(
    text: str, history: Iterable[Mapping[str, str]] = (), language: str | None = None, page_url: str | None = None
) -> Question:
    """The question, trimmed; ``language`` is its own where that is known.

    Raises:
        BadQuestion: empty, too long, without a single word, or a history that is not one.
    """
    trimmed = text.strip()
    if not trimmed:
        raise BadQuestion("the question is empty", "type a question", "empty_question")
    if len(trimmed) > MAX_CHARACTERS:
        raise BadQuestion(
            f"the question has {len(trimmed):,} characters; at most {MAX_CHARACTERS:,} are read",
            "shorten it",
            "long_question",
        )
    if language is not None and not re.fullmatch(r"[a-z]{2}", language):
        raise BadQuestion(f"the language {language[:40]!r} is not a code of two letters", 'give one like "en", or none')
    if not words(trimmed):
        raise BadQuestion(f"there is no word in the question {trimmed[:40]!r}", "ask in words", "no_words")
    said = tuple(map(_message, list(history)[-MAX_TURNS:]))
    return Question(trimmed, language, said, (page_url or "")[:MAX_CHARACTERS] or None)


def _message(turn: Mapping[str, str]) -> Message:
    role, content = turn.get("role"), turn.get("content")
    if role not in ("user", "assistant") or not isinstance(content, str):
        raise BadQuestion(
            f"a turn of the history is {str(dict(turn))[:80]}",
            'each turn needs a "role" of "user" or "assistant" and a text as "content"',
        )
    return Message(role, content[:MAX_CHARACTERS])
