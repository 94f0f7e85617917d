"""The answerer on a local model: passages in, the model's sentences out, each with the passage it cites.

Only the sentences that cite a passage of this turn come out; ``support`` then checks them like any other.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from importlib import resources
from typing import Protocol

from assistant.piece import Evidence, Piece
from assistant.question import Question
from assistant.units import Unit, units
from knowledge.hit import Hit
from knowledge.plain import plain
from knowledge.terms import terms

PROMPT = "answer.v1.txt"

# "[1]", or "[1, 2]" as small models write it.
MARK = r"\[\d{1,3}(?:[ \t]*,[ \t]*\d{1,3})*\]"
FOOTNOTE = re.compile(rf"\s*{MARK}")
# A sentence or list item ends at its closing mark, with the footnotes that follow it, or at the line's end; in a stream
# not before it is known that no further footnote follows.
STATEMENT_END = re.compile(rf"(?:(?<=[.!?])[\"'”’)]*(?:\s*{MARK})*(?=\s)|\n)(?!\s*(?:{MARK}|(?:\[[\d, \t]*)?\Z))")
# What ends in a full stop and ends no sentence; the number of a list item is one.
ABBREVIATION = re.compile(
    r"(?:\A\s*\d{1,3}|\b(?:[a-z](?:\.[a-z])+|etc|vs|dr|mr|mrs|ms|prof|approx|bijv|enz|(?-i:No|Nr)))\.\Z", re.IGNORECASE
)
# Characters within which an end and the marks after it are told, once more arrive.
LOOK_BACK = 80
ADDRESS = re.compile(r"://|www\.|mailto:", re.IGNORECASE)
FENCE = re.compile(r"<(?=\W*passage)", re.IGNORECASE)
REFUSAL = "NOT_IN_ARTICLES"

# Characters of passages in a prompt; on a CPU reading the prompt is most of the wait.
CONTEXT_CHARACTERS = 7000


class ModelFailed(Exception):
    """The model gave no whole answer; ``reason`` is one of a few words, safe to show to a visitor."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class ChatModel(Protocol):
    """A model that streams text for a system and a user message."""

    name: str

    def stream(self, system: str, user: str) -> Iterator[str]:
        """Pieces of text as they come.

        Raises:
            ModelFailed: unreachable, missing, busy, crashed, timed out, or cut off.
        """
        ...


class ScriptedModel:
    """A model that says what it was told to: for tests and demonstrations of the path."""

    def __init__(self, says: Iterable[str], name: str = "scripted", fails: str | None = None) -> None:
        self.name = name
        self._says = list(says)
        self._fails = fails
        self.asked: list[tuple[str, str]] = []

    def stream(self, system: str, user: str) -> Iterator[str]:
        """The scripted pieces, then the scripted failure if there is one."""
        self.asked.append((system, user))
        yield from self._says
        if self._fails:
            raise ModelFailed(self._fails)


class Local:
    """Writes answers with a chat model."""

    def __init__(self, model: ChatModel) -> None:
        self.model = model

    def write(self, question: Question, standalone: str, hits: Sequence[Hit]) -> Iterator[Piece]:
        """The model's cited statements; none when it finds the passages do not answer.

        Raises:
            ModelFailed: see ``ChatModel.stream``.
        """
        passages = _fitting(hits)
        system = resources.files("assistant").joinpath("prompts", PROMPT).read_text(encoding="utf-8")
        for statement in statements(self.model.stream(system, _user_message(standalone, passages))):
            if REFUSAL in statement:
                return
            if piece := cited(statement, passages):
                yield piece


def statements(stream: Iterable[str]) -> Iterator[str]:
    """Whole sentences and list items of a stream, each with the footnotes that follow it."""
    waiting, seen = "", 0
    for text in stream:
        waiting += text
        while end := _end(waiting, seen):
            yield waiting[:end].strip()
            waiting, seen = waiting[end:], 0
        seen = max(0, len(waiting) - LOOK_BACK)
    if waiting.strip():
        yield waiting.strip()


def _end(text: str, seen: int) -> int | None:
    """Where the first statement ends; what stands before ``seen`` is known to end none."""
    for match in STATEMENT_END.finditer(text, seen):
        before = text[max(0, match.start() - LOOK_BACK) : match.start()]
        surely = match[0].strip("\"'”’)")  # a footnote or the line's end
        if before.strip() and (surely or not ABBREVIATION.search(before)):
            return match.end()
    return None


def cited(statement: str, passages: Sequence[Hit]) -> Piece | None:
    """A statement without its marks, with the best sentence of each passage it cites.

    None when it cites none, or gives an address that stands in none of them.
    """
    marks = "".join(FOOTNOTE.findall(statement))
    numbers = dict.fromkeys(int(number) for number in re.findall(r"\d+", marks))
    text = re.sub(r"\\+(?=[\[\]<])", "", plain(FOOTNOTE.sub("", statement)))
    chosen = [passages[number - 1] for number in numbers if 1 <= number <= len(passages)]
    if not chosen or not text or not _addresses(text) <= _addresses(*(hit.text for hit in chosen)):
        return None
    kind = "item" if re.match(r"\s*(?:[-*•]|\d{1,2}[.)])\s", statement) else "sentence"
    evidence = [found for hit in chosen if (found := _best_quote(text, hit))]
    return Piece("item" if kind == "item" else "sentence", text, tuple(evidence))


def _addresses(*texts: str) -> set[str]:
    """Web and mail addresses, without the punctuation around them."""
    found = (word for text in texts for word in re.sub(r"[()<>]", " ", text).split() if ADDRESS.search(word))
    return {word.strip("\"'“”‘’*_`.,;:!?[]\\") for word in found}


def _best_quote(text: str, hit: Hit) -> Evidence | None:
    """The unit of ``hit`` that shares most terms with the statement; None when none shares any."""
    said = set(terms(text, hit.language))

    def shared(unit: Unit) -> float:
        there = set(terms(f"{unit.lead} {unit.text}", hit.language))
        return len(said & there) / (len(there) + len(said)) if there else 0.0

    best = max(units(hit), key=shared, default=None)
    return best.evidence if best and shared(best) > 0 else None


def _fitting(hits: Sequence[Hit]) -> list[Hit]:
    """As many of the best hits as the prompt has room for, at least one."""
    kept: list[Hit] = []
    room = CONTEXT_CHARACTERS
    for hit in hits:
        room -= len(hit.text)
        if kept and room < 0:
            break
        kept.append(hit)
    return kept


def _user_message(question: str, passages: Sequence[Hit]) -> str:
    """Passages numbered and fenced as data, then the question; neither can open or close a fence."""
    quoted = "\n\n".join(
        f'<passage number="{n}" title="{_attribute(hit.title)}" section="{_attribute(hit.section)}">\n'
        f"{FENCE.sub('&lt;', hit.text)}\n</passage>"
        for n, hit in enumerate(passages, 1)
    )
    return f"{quoted}\n\nQuestion: {FENCE.sub('&lt;', question)}"


def _attribute(text: str) -> str:
    return plain(text).replace('"', "'").replace("<", "")
