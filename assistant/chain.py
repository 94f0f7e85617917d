"""The chain: from a question to a checked answer, as a stream of events."""

import logging
import time
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from assistant.answer import Answer, Model, Nearest
from assistant.cover import Weights, weigh
from assistant.events import Cited, Delta, Done, Event, Sources, Status
from assistant.extractive import Extractive
from assistant.followup import readings, standalone
from assistant.footnotes import Footnotes
from assistant.gate import Signals, confidence, signals
from assistant.generative import Generative
from assistant.ledger import Entry, Ledger
from assistant.models.call import Call, Stop
from assistant.models.model import ModelFailed
from assistant.phrases import phrase
from assistant.piece import Piece
from assistant.prompt import ANSWER
from assistant.question import Question
from assistant.small_talk import small_talk
from assistant.support import supported
from assistant.traces import Trace, Traces
from assistant.underspecified import underspecified
from assistant.writers import Writers, check_model
from knowledge.hit import Hit
from knowledge.searcher import Searcher

# Passages read for an answer: four are too few, eight to ten enough (measured on public sets).
PASSAGES = 10
NEAREST = 3

log = logging.getLogger(__name__)

EXTRACTIVE = Model("extractive", "extractive")


@dataclass(frozen=True, slots=True)
class Options:
    """The owner's knobs, as ``assistant.settings`` describes them."""

    model: str
    answer_when_sure: float
    max_sentences: int


@dataclass
class _Turn:
    """One question on its way, with its clock."""

    question: Question
    standalone: str
    fixed_reply: str | None = None
    call: Call = field(default_factory=Call)
    started: float = field(default_factory=time.perf_counter)
    timings: dict[str, float] = field(default_factory=dict)
    hits: list[Hit] = field(default_factory=list)
    weights: Weights = field(default_factory=lambda: Weights({}))
    signals: Signals = field(default_factory=lambda: Signals(0.0, 0.0, False))
    confidence: float = 0.0
    pieces: list[Piece] = field(default_factory=list)
    notes: Footnotes = field(default_factory=Footnotes)
    model: Model = EXTRACTIVE
    note: str | None = None
    left: bool = False

    def mark(self, stage: str) -> None:
        """Note when a stage was first reached, in milliseconds."""
        self.timings.setdefault(stage, round((time.perf_counter() - self.started) * 1000, 3))


class Assistant:
    """Answers questions from one index. Safe to use from several threads."""

    def __init__(self, searcher: Searcher, writers: Writers, traces: Traces, ledger: Ledger, options: Options) -> None:
        self.searcher = searcher
        self._traces = traces
        self._ledger = ledger
        self._writers = writers
        self._model = options.model
        self._threshold = options.answer_when_sure
        self._extractive = Extractive(searcher, options.max_sentences)

    def answer(self, question: Question, model: str | None = None) -> Answer:
        """The whole answer at once.

        Raises:
            UsageError: ``model`` is one that is not configured.
        """
        *_, last = self.events(question, model)
        assert isinstance(last, Done)  # noqa: S101 (``events`` ends with it)
        return last.answer

    def events(self, question: Question, model: str | None = None, stop: Stop | None = None) -> Iterator[Event]:
        """Status, sources, deltas with citations, done; see ``assistant.events``.

        ``stop`` ends a model's answer from another thread: its connection is closed at once.
        """
        wanted = check_model(model or self._model)
        turn = _Turn(question, standalone(question), _fixed_reply(question), Call(stop or Stop()))
        if turn.fixed_reply:
            turn.mark("search")  # there is none to wait for
            yield from self._ended(turn)
            return
        yield Status(phrase("searching", question.language, articles=self.searcher.articles))
        self._search(turn)
        turn.mark("search")
        yield Sources(tuple(turn.hits))
        try:
            if turn.confidence >= self._threshold:
                yield from self._written(turn, wanted)
        except GeneratorExit:  # the reader left; what a model wrote till then still has its price
            self._ledger.add(_entry(self._finished(turn), turn.call))
            raise
        yield from self._ended(turn)

    def warm(self) -> None:
        """Bring the local model into memory, where there is one; one that cannot be loaded is logged."""
        try:
            if name := self._writers.warm():
                log.info("%s is loaded", name)
        except ModelFailed as failed:
            log.warning("the local model is not loaded: %s", failed.reason)

    @property
    def writer(self) -> str:
        """Who would write an answer now: a model's name, or ``extractive``."""
        try:
            chosen = self._writers.choose(self._model)
        except ModelFailed:
            chosen = None
        return chosen.name if chosen else EXTRACTIVE.name

    def answers(self, question: Question) -> bool:
        """Would this be answered? Leaves no trace."""
        turn = _Turn(question, standalone(question))
        self._search(turn)
        return turn.confidence >= self._threshold

    def _search(self, turn: _Turn) -> None:
        question = turn.question
        turn.hits = self.searcher.search(readings(question), PASSAGES, question.page_url)
        turn.weights = weigh(question, turn.standalone, self.searcher)
        turn.signals = signals(question, turn.hits, turn.weights, self.searcher)
        turn.confidence = confidence(turn.signals)

    def _ended(self, turn: _Turn) -> Iterator[Event]:
        """The answer, then its trace and its entry: nobody waits for those."""
        turn.mark("first_token")
        answer = self._finished(turn)
        try:
            yield Done(answer)
        finally:
            self._traces.keep(self._trace(turn, answer))
            self._ledger.add(_entry(answer, turn.call))

    def _written(self, turn: _Turn, wanted: str) -> Iterator[Event]:
        """The chosen model's pieces; the extractive ones where it fails."""
        try:
            chosen = self._writers.choose(wanted)
            if chosen:
                turn.model = Model(chosen.kind, chosen.name)
                turn.left = not chosen.stays_here
                hits = turn.hits if chosen.stays_here else [hit for hit in turn.hits if not hit.local_only]
                yield from self._noted(turn, Generative(chosen).write(turn.question, turn.standalone, hits, turn.call))
                return
        except ModelFailed as failed:
            turn.note = phrase("model_down", turn.question.language, reason=failed.reason)
            turn.notes, turn.pieces = Footnotes(), []
            if turn.call.stop.is_set:
                return
        turn.model = EXTRACTIVE
        yield from self._noted(turn, self._extractive.write(turn.question, turn.hits, turn.weights))

    def _noted(self, turn: _Turn, pieces: Iterator[Piece]) -> Iterator[Event]:
        for piece in pieces:
            if not supported(piece):
                continue
            turn.mark("first_token")
            turn.pieces.append(piece)
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
            answer=turn.notes.text if citations else phrase(turn.fixed_reply or "refusal", turn.question.language),
            citations=citations,
            nearest=() if citations else _nearest(turn.hits, turn.question.language),
            confidence=turn.confidence,
            model=turn.model,
            trace_id=uuid.uuid4().hex,
            left_environment=turn.left,
            timings_ms=turn.timings,
            note=turn.note,
        )

    def _trace(self, turn: _Turn, answer: Answer) -> Trace:
        """The receipt of a finished answer."""
        shown, written = answer.as_dict(), ("answer", "model", "left_environment", "cost_usd", "timings_ms")
        record: dict[str, Any] = {
            "standalone_question": turn.standalone,
            "readings": [asdict(reading) for reading in readings(turn.question)],
            "generation": self.searcher.generation,
            "hits": [{"chunk_id": hit.chunk_id, "article_id": hit.article_id, "section": hit.section,
                      "score": hit.score, "stages": dict(hit.stages)} for hit in turn.hits],
            "signals": asdict(turn.signals) | {"threshold": self._threshold},
            "statements": [_statement(piece) for piece in turn.pieces],
            "prompt": ANSWER if turn.model.kind != "extractive" else None,
        } | {name: shown[name] for name in written}  # fmt: skip
        return Trace(answer.trace_id, answer.question, answer.language, answer.answered, answer.confidence, record)


def _fixed_reply(question: Question) -> str | None:
    """The name of the phrase that answers a question which need not be searched."""
    return small_talk(question.text) or ("asked_back" if underspecified(question) else None)


def _entry(answer: Answer, call: Call) -> Entry:
    """The ledger's row of a finished answer."""
    return Entry(
        trace_id=answer.trace_id,
        kind=answer.model.kind,
        model=answer.model.name,
        digest=call.digest,
        answered=answer.answered,
        left_environment=answer.left_environment,
        input_tokens=call.input_tokens,
        output_tokens=call.output_tokens,
        cost_usd=answer.cost_usd,
        first_token_ms=answer.timings_ms.get("first_token", answer.timings_ms["total"]),
        total_ms=answer.timings_ms["total"],
    )


def _statement(piece: Piece) -> dict[str, Any]:
    parts = piece.cells or (piece,)
    places = [
        {"article_id": one.hit.article_id, "start": one.start, "end": one.end}
        for part in parts
        for one in part.evidence
    ]
    return {"kind": piece.kind, "text": " | ".join(part.text for part in parts), "evidence": places}


def _nearest(hits: Sequence[Hit], language: str) -> tuple[Nearest, ...]:
    """The first few articles of the hits, those in the question's language first."""
    hits = sorted(hits, key=lambda hit: hit.language != language)
    by_article = {hit.article_id: Nearest(hit.article_id, hit.title, hit.url) for hit in reversed(hits)}
    ranked = dict.fromkeys(hit.article_id for hit in hits)
    return tuple(by_article[article_id] for article_id in ranked)[:NEAREST]
