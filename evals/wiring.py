"""Composition root: an examiner over the articles of a suite, in a base of its own."""

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from assistant.chain import Books
from assistant.ledger import Ledger
from assistant.models.address import check_url
from assistant.models.model import ModelFailed
from assistant.models.ollama_server import OllamaServer
from assistant.traces import Traces
from assistant.wiring import make_assistant
from assistant.writers import Writers
from evals.examiner import Answerer, Examiner
from evals.facts import FactFinder
from evals.judge import Judge
from evals.stale import Seen
from ingest.progress import quiet
from ingest.sources import find_source
from ingest.sync import rebuild, sync
from knowledge.errors import DependencyDown, IndexEmpty, IndexMismatch, UsageError
from knowledge.settings import Setting
from knowledge.wiring import Knowledge, open_knowledge

# Below the data folder, beside the visitors' base, which an eval never touches.
BASES = "evals"


@contextmanager
def examining(
    settings: Mapping[str, Setting], folder: Path, seen: Mapping[str, Seen] | None = None, judge: Judge | None = None
) -> Iterator[Examiner]:
    """An examiner over the articles in ``folder``, as they are now; ``seen`` and ``judge`` as in ``Examiner``.

    Raises:
        FootnoteError: the folder is not there or has no article, or the data folder cannot be used.
    """
    with base(settings, folder) as knowledge:
        sync(knowledge, [find_source(str(folder))], quiet)
        yield replace(examiner(knowledge, settings), seen=seen or {}, judge=judge)


@contextmanager
def base(settings: Mapping[str, Setting], folder: Path) -> Iterator[Knowledge]:
    """The base that is kept for what lies in ``folder``; what is in it already is not embedded again.

    One that another version or embedder left behind is made anew: nobody but an eval reads it.
    """
    data = Path(str(settings["data_dir"].value)).expanduser().resolve()
    name = f"{folder.name}-{hashlib.sha256(str(folder).encode()).hexdigest()[:8]}"
    knowledge = open_knowledge(data / BASES / name, str(settings["embedder"].value), "eval")
    try:
        with suppress(IndexEmpty):
            _of_this_version(knowledge)
        yield knowledge
    finally:
        knowledge.close()


def make_judge(settings: Mapping[str, Setting], name: str) -> Judge:
    """A judge on the model of that name.

    Raises:
        UsageError: ``name`` is no language model.
        DependencyDown: there is none.
    """
    server = OllamaServer(check_url(str(settings["ollama_url"].value)))
    writers = Writers(server, str(settings["ollama_model"].value), int(settings["num_ctx"].value))
    try:
        model = writers.choose(writers.check(name))
    except ModelFailed as failed:
        raise DependencyDown(f"there is no judge {name}: {failed.reason}", "start its server") from failed
    if model is None:
        raise UsageError(f"{name!r} is no language model, so it cannot judge", "give --judge a model's name")
    return Judge(model)


def _of_this_version(knowledge: Knowledge) -> None:
    try:
        knowledge.generation()
    except IndexMismatch:
        rebuild(knowledge, quiet)


def examiner(knowledge: Knowledge, settings: Mapping[str, Setting], given: Answerer | None = None) -> Examiner:
    """An examiner over an open base; ``given`` stands in for the assistant. Its questions leave no trace."""
    articles = {article.article_id: article for article in knowledge.catalogue.articles()}
    books = Books(Traces(knowledge.catalogue.engine, 0), Ledger(knowledge.catalogue.engine))
    asked = given or make_assistant(knowledge, settings, books=books)
    return Examiner(asked, FactFinder(knowledge.embedder), articles, books.ledger)
