"""Composition root: an examiner over the articles of a suite, in a base of its own."""

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from assistant.chain import Assistant, Books
from assistant.ledger import Ledger
from assistant.models.model import ModelFailed
from assistant.traces import Traces
from assistant.wiring import make_assistant
from assistant.wiring_writers import make_writers
from evals.configuration import Configuration
from evals.examiner import Answerer, Examiner
from evals.judge import Judge
from evals.metrics.facts import FactFinder
from evals.stale import Seen
from ingest.progress import quiet
from ingest.rebuild import rebuild
from ingest.sources import find_source
from ingest.sync import sync
from knowledge.errors import DependencyDown, IndexEmpty, IndexMismatch, UsageError
from knowledge.settings import Setting, data_folder, values
from knowledge.wiring import Knowledge, open_knowledge

# Below the data folder, beside the visitors' base, which an eval never touches.
BASES = "evals"


@contextmanager
def examining(
    settings: Mapping[str, Setting], folder: Path, seen: Mapping[str, Seen] | None = None, judge: Judge | None = None,
    own: Mapping[str, Configuration] | None = None,
) -> Iterator[Examiner]:  # fmt: skip
    """An examiner over the articles in ``folder``, as they are now; ``seen`` and ``judge`` as in ``Examiner``.

    ``own`` are the configurations with settings of their own.

    Raises:
        FootnoteError: the folder is not there or has no article, or the data folder cannot be used.
    """
    with base(settings, folder) as knowledge:
        sync(knowledge, [find_source(str(folder))], quiet)
        found = examiner(knowledge, settings)
        answerers = {name: (_assistant(knowledge, one.settings), one) for name, one in (own or {}).items()}
        yield replace(found, seen=seen or {}, judge=judge, own=answerers)


@contextmanager
def base(settings: Mapping[str, Setting], folder: Path) -> Iterator[Knowledge]:
    """The base that is kept for what lies in ``folder``; what is in it already is not embedded again.

    One that another version or embedder left behind is made anew: nobody but an eval reads it.
    """
    name = f"{folder.name}-{hashlib.sha256(str(folder).encode()).hexdigest()[:8]}"
    knowledge = open_knowledge(data_folder(settings) / BASES / name, str(settings["embedder"].value), "eval")
    try:
        with suppress(IndexEmpty):
            _of_this_version(knowledge)
        yield knowledge
    finally:
        knowledge.close()


def make_judge(asked: Configuration) -> Judge:
    """A judge on the model of a configuration; a closed one has a day's budget of its own for the run.

    Raises:
        UsageError: it names no language model, or one that the policy does not allow.
        DependencyDown: there is none.
    """
    writers = make_writers(values(_one_visitor(asked.settings)), None)
    try:
        model = writers.choose(writers.check(asked.model))
    except ModelFailed as failed:
        raise DependencyDown(f"there is no judge {asked.model}: {failed.reason}", "start its server") from failed
    if model is None:
        raise UsageError(f"{asked.model!r} is no language model, so it cannot judge", "give --judge a model's name")
    return Judge(model)


def _one_visitor(settings: Mapping[str, Setting]) -> Mapping[str, Setting]:
    """With the day's budget for the one who asks: an eval is no visitor among many."""
    visitor, day = settings["visitor_budget_usd"], settings["day_budget_usd"]
    return {**settings, visitor.name: replace(visitor, value=day.value)}


def _assistant(knowledge: Knowledge, settings: Mapping[str, Setting]) -> Assistant:
    """What it answers leaves no trace, and stands in the ledger of the eval's own base."""
    engine = knowledge.catalogue.engine
    return make_assistant(knowledge, _one_visitor(settings), books=Books(Traces(engine, 0), Ledger(engine)))


def _of_this_version(knowledge: Knowledge) -> None:
    try:
        knowledge.generation()
    except IndexMismatch:
        rebuild(knowledge, quiet)


def examiner(knowledge: Knowledge, settings: Mapping[str, Setting], given: Answerer | None = None) -> Examiner:
    """An examiner over an open base; ``given`` stands in for the assistant. Its questions leave no trace."""
    articles = {article.article_id: article for article in knowledge.catalogue.articles()}
    asked = given or _assistant(knowledge, settings)
    return Examiner(asked, FactFinder(knowledge.embedder), articles, Ledger(knowledge.catalogue.engine))
