"""A turn: one question on its way to an answer, with everything found and written so far."""

import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from assistant.answer import EXTRACTIVE, Answer, Model, Nearest
from assistant.cover import Weights
from assistant.followup import standalone
from assistant.footnotes import Footnotes
from assistant.gate import Signals
from assistant.models.call import Call
from assistant.phrases import phrase
from assistant.piece import Piece
from assistant.question import Question
from assistant.rated import Rated
from knowledge.hit import Hit
from knowledge.reading import Reading

NEAREST = 3


@dataclass(frozen=True, slots=True)
class Attempt:
    """What a model wrote and the visitor did not get: ``why``, and its sentences that were not carried, each why."""

    model: str
    why: str
    doubts: tuple[tuple[str, str], ...]


@dataclass
class Turn:
    """``phrase`` names a fixed reply that takes the answer's place; ``doubts`` are sentences that were not carried,
    ``attempts`` what was given up before the answer that stands.
    """

    question: Question
    standalone: str
    readings: tuple[Reading, ...] = ()
    translation: Reading | None = None
    phrase: str | None = None
    visitor: str = ""
    call: Call = field(default_factory=Call)
    started: float = field(default_factory=time.perf_counter)
    timings: dict[str, float] = field(default_factory=dict)
    hits: list[Hit] = field(default_factory=list)
    rated: list[Rated] = field(default_factory=list)
    weights: Weights = field(default_factory=lambda: Weights({}))
    signals: Signals = field(default_factory=lambda: Signals(0.0, 0.0, False))
    confidence: float = 0.0
    pieces: list[Piece] = field(default_factory=list)
    footnotes: Footnotes = field(default_factory=Footnotes)
    doubts: list[tuple[str, str]] = field(default_factory=list)
    attempts: list[Attempt] = field(default_factory=list)
    model: Model = EXTRACTIVE
    note: str | None = None
    trace_id: str = field(default_factory=lambda: uuid.uuid4().hex)

    @property
    def sendable(self) -> str:
        """The question that may leave, of the visitor's own turns: our answers may quote articles that stay here."""
        own = tuple(turn for turn in self.question.history if turn.role == "user")
        return standalone(replace(self.question, history=own))

    def mark(self, stage: str) -> None:
        """Note when a stage was first reached, in milliseconds."""
        self.timings.setdefault(stage, round((time.perf_counter() - self.started) * 1000, 3))

    def restart(self, why: str) -> None:
        """Take back what was written, because of ``why``: another writer begins anew."""
        if self.model != EXTRACTIVE:
            self.attempts.append(Attempt(self.model.name, why, tuple(self.doubts)))
        self.footnotes, self.pieces, self.doubts = Footnotes(), [], []

    def answer(self) -> Answer:
        """The answer as it stands now."""
        language, citations = self.question.language, tuple(self.footnotes.citations)
        for stage in ("first_token", "total"):
            self.mark(stage)
        return Answer(
            question=self.question.text,
            standalone_question=self.standalone,
            language=language,
            answered=bool(citations),
            answer=self.footnotes.text if citations else phrase(self.phrase or "refusal", language),
            citations=citations,
            nearest=() if citations else _nearest(self.hits, language),
            confidence=self.confidence,
            model=self.model,
            trace_id=self.trace_id,
            left_environment=self.call.left,
            cost_usd=self.call.cost_usd,
            timings_ms=self.timings,
            note=self.note,
        )


def _nearest(hits: Sequence[Hit], language: str) -> tuple[Nearest, ...]:
    """The first few articles of the hits, those in the question's language first."""
    hits = sorted(hits, key=lambda hit: hit.language != language)
    by_article = {hit.article_id: Nearest(hit.article_id, hit.title, hit.url) for hit in reversed(hits)}
    ranked = dict.fromkeys(hit.article_id for hit in hits)
    return tuple(by_article[article_id] for article_id in ranked)[:NEAREST]
