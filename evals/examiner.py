"""The examiner: asks one case, and judges the answer."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Protocol

from assistant.answer import Answer
from assistant.events import Done, Event, Sources
from assistant.ledger import Ledger
from assistant.models.seed import FIRST, SEED
from assistant.question import Question, check
from evals.case import Case
from evals.configuration import Configuration
from evals.judge import Finding, Judge, cost_usd, judged_facts
from evals.metrics.facts import FactFinder
from evals.metrics.matching import says
from evals.metrics.scores import Scores, score
from evals.row import Row
from evals.stale import Seen, changed, told, versions
from evals.task import Task
from knowledge.article import Article
from knowledge.errors import FootnoteError
from knowledge.hit import Hit

# Characters of a passage kept for the reader of a report.
EXCERPT = 300


class Answerer(Protocol):
    """What is examined: the assistant, or a stand-in with a defect."""

    def events(self, question: Question, model: str | None = None) -> Iterator[Event]:
        """See ``assistant.chain.Assistant.events``."""
        ...


@dataclass(frozen=True)
class Examiner:
    """``articles`` are today's, by id; quotations are held against them. ``seen``: see ``stale.seen``, by suite.

    ``own`` has the configurations with settings of their own, each with who answers for it; a task of any other asks
    ``answerer`` for the model of that name.

    ``ledger`` is where the answerer writes what an answer took. ``judge`` judges facts as well, where there is one;
    whether a case passes is not its to say.
    """

    answerer: Answerer
    finder: FactFinder
    articles: Mapping[str, Article]
    ledger: Ledger
    seen: Mapping[str, Seen] = field(default_factory=dict)
    judge: Judge | None = None
    own: Mapping[str, tuple[Answerer, Configuration]] = field(default_factory=dict)

    def examine(self, task: Task) -> Row:
        """The row of a task, its repeat with a seed of its own; an expected failure of the answerer is its reason."""
        SEED.set(FIRST + task.repeat - 1)
        today = versions(task.case.articles, self.articles)
        older = changed(task.case, self.seen.get(task.suite, {}), today)
        row = replace(self._judged(task), versions=today, changed=older)
        if not older or row.status != "fail":
            return row
        return replace(row, status="stale", reason=f"{told(older)}; {row.reason}")

    def _judged(self, task: Task) -> Row:
        try:
            answer, hits = self.ask(task)
        except FootnoteError as error:
            return task.row("error", f"{error}. {error.hint}")
        if wrong := _another_writer(self._asked(task)[1], answer):
            return replace(task.row("error", wrong), answer=answer.as_dict())
        text = answer.answer if answer.answered else ""
        facts = self.finder.said(text, task.case.facts)
        judged = self._findings(self.judge, text, task.case, answer) if self.judge else {}
        metrics = (
            score(task.case, answer, hits, self.articles, facts)
            | self._spent(answer)
            | ({"judged_facts": judged_facts(judged), "judge_cost_usd": cost_usd(judged)} if self.judge else {})
        )
        reason = why_failed(task.case, answer, facts, metrics)
        return replace(
            task.row("fail" if reason else "pass", reason),
            facts=facts,
            judged={fact: asdict(finding) for fact, finding in judged.items()},
            metrics=metrics,
            answer=answer.as_dict(),
            hits=tuple(_shown(hit, task.case) for hit in hits),
        )

    def ask(self, task: Task) -> tuple[Answer, Sequence[Hit]]:
        """The answer to the last turn, and the passages read; the turns before are answered first, as for a visitor.

        Raises:
            FootnoteError: the answerer failed.
        """
        history: list[dict[str, str]] = []
        for turn in task.case.turns[:-1]:
            said = self._turn(task, turn, history)[0].answer
            history += [{"role": "user", "content": turn}, {"role": "assistant", "content": said}]
        return self._turn(task, task.case.asked, history)

    def _turn(self, task: Task, text: str, history: Sequence[Mapping[str, str]]) -> tuple[Answer, Sequence[Hit]]:
        hits: Sequence[Hit] = ()
        answer = None
        answerer, model = self._asked(task)
        for event in answerer.events(check(text, history, task.case.language), model):
            if isinstance(event, Sources):
                hits = event.hits
            elif isinstance(event, Done):
                answer = event.answer  # what it took is written after it
        if answer is None:
            raise FootnoteError("the answer has no end", "this is a defect of the answerer")
        return answer, hits

    def _asked(self, task: Task) -> tuple[Answerer, str]:
        """Who answers a task, and which model it is asked for."""
        if found := self.own.get(task.configuration):
            return found[0], found[1].model
        return self.answerer, task.configuration

    def _findings(self, judge: Judge, text: str, case: Case, answer: Answer) -> dict[str, Finding]:
        """The judge's, by fact; a closed one never gets what an article says that stays here."""
        told_from = {*case.articles, *(citation.article_id for citation in answer.citations)}
        if not judge.stays_here and any(self.articles[name].local_only for name in told_from & self.articles.keys()):
            return dict.fromkeys(case.facts, Finding(None, "an article that stays here"))
        return judge.judged(text, case.facts)

    def _spent(self, answer: Answer) -> Scores:
        """Tokens of the answer, as the ledger has them."""
        entry = self.ledger.find(answer.trace_id)
        names = ("input_tokens", "output_tokens")
        return {name: float(getattr(entry, name)) if entry else None for name in names}


def why_failed(case: Case, answer: Answer, facts: Mapping[str, bool], metrics: Scores) -> str:
    """Why the case fails; empty when it passes.

    An answerable case passes when all its facts are said, an acceptable article is cited and every quotation stands in
    its article; the others pass when they are refused.
    """
    if answer.answered and metrics["quotes_true"] != 1.0:
        return "a quotation does not stand in its article"
    if answer.answered != case.answerable:
        return "refused, though an article answers" if case.answerable else "answered, though no article does"
    if missing := [fact for fact, said in facts.items() if not said]:
        return "not said: " + "; ".join(missing)
    return "" if not case.answerable or metrics["cited_right"] else "no acceptable article is cited"


def _another_writer(wanted: str, answer: Answer) -> str:
    """Why this is not the configuration's own answer: its model failed and extraction stood in."""
    if wanted in ("auto", "extractive") or not answer.answered or answer.model.kind != "extractive":
        return ""
    return answer.note or f"{wanted} did not write the answer"


def _shown(hit: Hit, case: Case) -> dict[str, Any]:
    """What a report shows of a hit; gold: from an acceptable article, or saying a fact too."""
    gold = "" if hit.article_id not in case.articles else "article"
    if gold and any(says(f"{hit.section} {hit.text}", fact) for fact in case.facts):
        gold = "fact"
    shown = hit.as_dict()
    names = ("article_id", "title", "section", "start", "end", "score")
    return {name: shown[name] for name in names} | {"gold": gold, "text": hit.text[:EXCERPT]}
