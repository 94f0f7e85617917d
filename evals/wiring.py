"""Composition root: an examiner over the articles of a suite, in a base of its own."""

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from assistant.wiring import make_assistant
from evals.examiner import Answerer, Examiner
from evals.facts import FactFinder
from evals.stale import Seen
from ingest.sources import find_source
from ingest.sync import rebuild, sync
from knowledge.errors import IndexEmpty, IndexMismatch
from knowledge.settings import Setting
from knowledge.wiring import Knowledge, open_knowledge

# Below the data folder, beside the visitors' base, which an eval never touches.
BASES = "evals"


@contextmanager
def examining(
    settings: Mapping[str, Setting], folder: Path, seen: Mapping[str, Seen] | None = None
) -> Iterator[Examiner]:
    """An examiner over the articles in ``folder``, as they are now; ``seen`` as in ``Examiner``.

    Raises:
        FootnoteError: the folder is not there or has no article, or the data folder cannot be used.
    """
    with base(settings, folder) as knowledge:
        sync(knowledge, [find_source(str(folder))], lambda line: None)
        yield replace(examiner(knowledge, settings), seen=seen or {})


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


def _of_this_version(knowledge: Knowledge) -> None:
    try:
        knowledge.generation()
    except IndexMismatch:
        rebuild(knowledge, lambda line: None)


def examiner(knowledge: Knowledge, settings: Mapping[str, Setting], given: Answerer | None = None) -> Examiner:
    """An examiner over an open base; ``given`` stands in for the assistant. Its questions leave no trace."""
    untraced = {**settings, "trace_days": Setting("trace_days", 0, "", "eval")}
    articles = {article.article_id: article for article in knowledge.catalogue.articles()}
    return Examiner(given or make_assistant(knowledge, untraced), FactFinder(knowledge.embedder), articles)
