"""A turn: one question on its way to an answer, with everything found and written so far."""

import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from assistant.answer import Answer, Model, Nearest
from assistant.cover import Weights
from assistant.followup import standalone
from assistant.footnotes import Footnotes
from assistant.gate import Signals
from assistant.models.call import Call
from assistant.phrases import phrase
from assistant.piece import Piece
from assistant.question import Question
from knowledge.hit import Hit
from knowledge.reading import Reading

NEAREST = 3

EXTRACTIVE = Model("extractive", "extractive")


@dataclass
class Turn:
    """``phrase`` names a fixed reply that takes the answer's place; ``doubts`` are sentences that were not carried."""

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
    weights: Weights = field(default_factory=lambda: Weights({}))
    signals: Signals = field(default_factory=lambda: Signals(0.0, 0.0, False))
    confidence: float = 0.0
    pieces: list[Piece] = field(default_factory=list)
    notes: Footnotes = field(default_factory=Footnotes)
    doubts: list[tuple[str, str]] = field(default_factory=list)
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

    def restart(self) -> None:
        """Forget what was written: another writer begins anew."""
        self.notes, self.pieces, self.doubts = Footnotes(), [], []

    def answer(self) -> Answer:
        """The answer as it stands now."""
        language, citations = self.question.language, tuple(self.notes.citations)
        for stage in ("first_token", "total"):
            self.mark(stage)
        return Answer(
            question=self.question.text,
            standalone_question=self.standalone,
            language=language,
            answered=bool(citations),
            answer=self.notes.text if citations else phrase(self.phrase or "refusal", language),
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
