"""The chain: from a question to a checked answer, as a stream of events."""

import time
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from assistant.answer import Answer, Model, Nearest
from assistant.cover import Weights, weigh
from assistant.events import Cited, Delta, Done, Event, Sources, Status
from assistant.extractive import Extractive
from assistant.followup import standalone
from assistant.footnotes import Footnotes
from assistant.gate import confidence, signals
from assistant.intent import intent_of
from assistant.local import Local, ModelFailed
from assistant.phrases import phrase
from assistant.piece import Piece
from assistant.question import Question
from assistant.support import supported
from assistant.writers import Writers, check_model
from knowledge.hit import Hit
from knowledge.searcher import Searcher

# Passages read for an answer: four are too few, eight to ten enough (measured on public sets).
PASSAGES = 10
NEAREST = 3

EXTRACTIVE = Model("extractive", "extractive")


@dataclass
class _Turn:
    """One question on its way, with its clock."""

    question: Question
    standalone: str
    started: float = field(default_factory=time.perf_counter)
    timings: dict[str, float] = field(default_factory=dict)
    hits: list[Hit] = field(default_factory=list)
    weights: Weights = field(default_factory=lambda: Weights({}))
    confidence: float = 0.0
    notes: Footnotes = field(default_factory=Footnotes)
    model: Model = EXTRACTIVE
    note: str | None = None
    left: bool = False

    def mark(self, stage: str) -> None:
        """Note when a stage was first reached, in milliseconds."""
        self.timings.setdefault(stage, round((time.perf_counter() - self.started) * 1000, 3))


class Assistant:
    """Answers questions from one index. Safe to use from several threads."""

    def __init__(
        self, searcher: Searcher, writers: Writers, model: str, answer_when_sure: float, max_sentences: int
    ) -> None:
        self.searcher = searcher
        self._writers = writers
        self._model = model
        self._threshold = answer_when_sure
        self._extractive = Extractive(searcher, max_sentences)

    def answer(self, question: Question, model: str | None = None) -> Answer:
        """The whole answer at once.

        Raises:
            UsageError: ``model`` is one that is not configured.
        """
        *_, last = self.events(question, model)
        assert isinstance(last, Done)  # noqa: S101 (``events`` ends with it)
        return last.answer

    def events(self, question: Question, model: str | None = None) -> Iterator[Event]:
        """Status, sources, deltas with citations, done; see ``assistant.events``."""
        wanted = check_model(model or self._model)
        turn = _Turn(question, standalone(question))
        yield Status(phrase("searching", question.language, articles=self.searcher.articles))
        turn.hits = self.searcher.search(turn.standalone, PASSAGES)
        turn.weights = weigh(question, turn.standalone, self.searcher)
        turn.confidence = confidence(signals(turn.hits, turn.weights, intent_of(question.text)))
        turn.mark("search")
        yield Sources(tuple(turn.hits))
        if turn.confidence >= self._threshold:
            yield from self._written(turn, wanted)
        turn.mark("first_token")
        yield Done(self._finished(turn))

    def _written(self, turn: _Turn, wanted: str) -> Iterator[Event]:
        """The chosen model's pieces; the extractive ones where it fails."""
        try:
            chosen = self._writers.choose(wanted)
            if chosen:
                turn.model = Model("local", chosen.name)
                turn.left = not self._writers.stays_here
                yield from self._noted(
                    turn, Local(chosen).write(turn.question, turn.standalone, self._sendable(turn.hits))
                )
                return
        except ModelFailed as failed:
            turn.note = phrase("model_down", turn.question.language, reason=failed.reason)
            turn.notes = Footnotes()
        turn.model = EXTRACTIVE
        yield from self._noted(turn, self._extractive.write(turn.question, turn.hits, turn.weights))

    def _sendable(self, hits: Sequence[Hit]) -> Sequence[Hit]:
        """Without articles that their owner keeps here, where the model is elsewhere."""
        return hits if self._writers.stays_here else [hit for hit in hits if not hit.local_only]

    def _noted(self, turn: _Turn, pieces: Iterator[Piece]) -> Iterator[Event]:
        for piece in pieces:
            if not supported(piece):
                continue
            turn.mark("first_token")
            for part in turn.notes.add(piece):
                yield Delta(part) if isinstance(part, str) else Cited(part)

    def _finished(self, turn: _Turn) -> Answer:
        citations = tuple(turn.notes.citations)
        turn.mark("total")
        return Answer(
            question=turn.question.text,
            standalone_question=turn.standalone,
            language=turn.question.language,
            answered=bool(citations),
            answer=turn.notes.text if citations else phrase("refusal", turn.question.language),
            citations=citations,
            nearest=() if citations else _nearest(turn.hits, turn.question.language),
            confidence=turn.confidence,
            model=turn.model,
            trace_id=uuid.uuid4().hex,
            left_environment=turn.left,
            timings_ms=turn.timings,
            note=turn.note,
        )


def _nearest(hits: Sequence[Hit], language: str) -> tuple[Nearest, ...]:
    """The first few articles of the hits, those in the question's language first."""
    hits = sorted(hits, key=lambda hit: hit.language != language)
    by_article = {hit.article_id: Nearest(hit.article_id, hit.title, hit.url) for hit in reversed(hits)}
    ranked = dict.fromkeys(hit.article_id for hit in hits)
    return tuple(by_article[article_id] for article_id in ranked)[:NEAREST]
