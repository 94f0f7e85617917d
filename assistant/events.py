"""What a reader of an answer sees, in order: status, sources, deltas with their citations, done.

``Done`` is the last word: where a writer failed half-way, its answer replaces the deltas shown before.
"""

from dataclasses import dataclass

from assistant.answer import Answer, Citation
from knowledge.hit import Hit


@dataclass(frozen=True, slots=True)
class Status:
    """A line about what is going on; ``place`` in the line of those who wait, 1 being the next."""

    text: str
    place: int | None = None


@dataclass(frozen=True, slots=True)
class Sources:
    """What the search found, best first."""

    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class Delta:
    """More of the answer's Markdown."""

    text: str


@dataclass(frozen=True, slots=True)
class Cited:
    """A new footnote; its mark is in the delta that follows."""

    citation: Citation


@dataclass(frozen=True, slots=True)
class Done:
    """The whole answer."""

    answer: Answer


Event = Status | Sources | Delta | Cited | Done
