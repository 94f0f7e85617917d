"""The chain: from a question to a checked answer, as a stream of events."""

import copy
import logging
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.answer import Answer
from assistant.changed_models import ChangedModels
from assistant.cover import weigh
from assistant.events import Cited, Delta, Done, Event, Sources, Status
from assistant.extractive import Extractive
from assistant.followup import leans, readings, standalone
from assistant.gate import confidence, signals
from assistant.grounding import Grounding
from assistant.intent import intent_of
from assistant.ledger import Ledger
from assistant.models.call import Call, Stop
from assistant.models.model import ChatModel, ModelFailed
from assistant.moderation import Moderator, first_alarm
from assistant.phrases import phrase
from assistant.question import Question
from assistant.rated import rated_units
from assistant.receipt import entry, trace
from assistant.rewriting import condensed, translated
from assistant.small_talk import small_talk
from assistant.standing import Standing, standing
from assistant.traces import Traces
from assistant.turn import Turn
from assistant.underspecified import underspecified
from assistant.writers import Writers
from assistant.writing import Writing
from knowledge.reading import Reading
from knowledge.searcher import Begun, Searcher

# Passages read for an answer: four are too few, eight to ten enough (measured on public sets).
PASSAGES = 10

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Options:
    """The owner's knobs, as ``assistant.settings`` describes them."""

    model: str
    answer_when_sure: float
    max_sentences: int
    unsupported: str = "drop"


@dataclass(frozen=True, slots=True)
class Books:
    """What is kept of every answer."""

    traces: Traces
    ledger: Ledger


class Assistant:
    """Answers questions from one index. Safe to use from several threads. ``changed`` tells of models that changed."""

    def __init__(
        self, searcher: Searcher, writers: Writers, books: Books, options: Options, moderators: Sequence[Moderator] = ()
    ) -> None:
        self.searcher = searcher
        self._writers = writers
        self._books = books
        self.changed = ChangedModels()
        self._moderators = moderators
        self._model = options.model
        self.threshold = options.answer_when_sure
        extractive, grounding = Extractive(searcher, options.max_sentences), Grounding(searcher)
        self._writing = Writing(writers, extractive, grounding, moderators, options.unsupported)

    def answer(self, question: Question, model: str | None = None, stop: Stop | None = None) -> Answer:
        """The whole answer at once; ``stop`` as for ``events``.

        Raises:
            UsageError: ``model`` is one that the policy does not allow.
        """
        *_, last = self.events(question, model, stop)
        assert isinstance(last, Done)  # noqa: S101 (``events`` ends with it)
        return last.answer

    def events(
        self, question: Question, model: str | None = None, stop: Stop | None = None, visitor: str = ""
    ) -> Generator[Event]:
        """Status, sources, deltas with citations, done; see ``assistant.events``.

        ``stop`` ends a model's answer from another thread: its connection is closed at once. ``visitor`` is whose
        budget a closed model is paid from; it is kept nowhere.
        """
        wanted = self._writers.check(model or self._model)
        turn = Turn(question, question.text, visitor=visitor, call=Call(stop or Stop()))
        turn.phrase = self._fixed(turn)
        begun = None if turn.phrase else self.searcher.begin(question.text)
        turn.standalone = standalone(question)
        if not turn.phrase and underspecified(question):
            turn.phrase = "asked_back"
        if turn.phrase:
            turn.mark("search")  # there is none to wait for
            yield from self._ended(turn)
            return
        yield Status(phrase("searching", question.language, articles=self.searcher.articles))
        self._rewrite(turn, wanted)
        self._search(turn, begun)
        yield Sources(tuple(turn.hits))
        try:
            if turn.confidence >= self.threshold:
                yield from self._written(turn, wanted)
        except GeneratorExit:  # the reader left; what a model wrote till then still has its price
            self._enter(turn.answer(), turn)
            raise
        yield from self._ended(turn)

    def keeping(self, books: Books) -> "Assistant":
        """The same assistant with other books."""
        other = copy.copy(self)
        other._books = books
        return other

    def warm(self) -> None:
        """Bring the local model into memory, where there is one; one that cannot be loaded is logged."""
        try:
            if name := self._writers.warm():
                log.info("%s is loaded", name)
                self.changed.compare(self._books.ledger, name, self._writers.digest(name))
        except ModelFailed as failed:
            log.warning("the local model is not loaded: %s", failed.reason)

    @property
    def standing(self) -> Standing:
        """Who would write an answer now, and whether it answers."""
        return standing(self._writers, self._model)

    @property
    def policy(self) -> str:
        """What may leave, as in ``FOOTNOTE_POLICY``."""
        return self._writers.policy

    def answers(self, question: Question) -> bool:
        """Would this be answered? Leaves no trace, and asks no model."""
        turn = Turn(question, standalone(question), readings(question))
        self._search(turn)
        return turn.confidence >= self.threshold

    def _fixed(self, turn: Turn) -> str | None:
        """The fixed reply that a text gets instead of an answer, whatever language it is in."""
        if alarm := first_alarm(self._moderators, turn.question.text, turn.call):
            turn.doubts.append((turn.question.text, f"moderated: {alarm}"))
            return "moderated"
        return small_talk(turn.question.text)

    def _rewrite(self, turn: Turn, wanted: str) -> None:
        """The ways to read the question; those of a local model too, where there is one and it is needed."""
        question = turn.question
        turn.readings = readings(question)
        follows, foreign = leans(question), question.language not in self.searcher.languages
        helper = self._writers.helper(wanted) if follows or foreign else None
        if helper and follows and (alone := condensed(helper, question, turn.call)):
            turn.standalone = alone
            turn.readings = (turn.readings[0], Reading(alone, question.language))
        if helper and foreign:
            self._translate(turn, helper)

    def _translate(self, turn: Turn, helper: ChatModel) -> None:
        for language in self.searcher.languages[:1]:
            if text := translated(helper, turn.standalone, language, turn.call):
                turn.translation = Reading(text, language)
                turn.readings += (turn.translation,)

    def _search(self, turn: Turn, begun: Begun | None = None) -> None:
        question = turn.question
        turn.hits = self.searcher.search(turn.readings, PASSAGES, question.page_url, begun)
        turn.weights = weigh(question, turn.standalone, self.searcher)
        if made := turn.translation:
            other = weigh(Question(made.text, made.language), made.text, self.searcher)
            turn.weights = replace(turn.weights, translated=(*turn.weights.translated, other))
        turn.rated = rated_units(turn.hits, turn.weights, intent_of(question.text))
        turn.signals = signals(question, turn.hits, turn.rated, turn.weights, self.searcher)
        turn.confidence = confidence(turn.signals)
        turn.mark("search")

    def _written(self, turn: Turn, wanted: str) -> Iterator[Event]:
        for piece in self._writing.write(turn, wanted):
            turn.mark("first_token")
            turn.pieces.append(piece)
            for part in turn.footnotes.add(piece):
                yield Delta(part) if isinstance(part, str) else Cited(part)

    def _ended(self, turn: Turn) -> Iterator[Event]:
        """The answer, then its trace and its entry: nobody waits for those."""
        answer = turn.answer()
        try:
            yield Done(answer)
        finally:
            self._books.traces.keep(trace(answer, turn, self.searcher.generation, self.threshold))
            self._enter(answer, turn)

    def _enter(self, answer: Answer, turn: Turn) -> None:
        made = entry(answer, turn)
        self.changed.compare(self._books.ledger, made.model, made.digest)
        self._books.ledger.add(made)
