"""Sync: make the catalogue say what the sources say, and embed only what changed."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import TypeVar

from ingest.report import Report
from ingest.scan import Scan
from ingest.sources import Collection
from ingest.writer import Writer
from knowledge import generations
from knowledge.errors import IndexEmpty, NoArticles, UsageError
from knowledge.wiring import Knowledge

# Articles written in one go. Enough chunks for full embedding batches sorted by length, little to redo after a kill.
BATCH = 32

NOTHING_READ = (
    "no article in it, so nothing was changed; to empty a source on purpose: `footnote sources remove SOURCE`"
)

Progress = Callable[[str], None]
Thing = TypeVar("Thing")


def sync(knowledge: Knowledge, sources: Sequence[Collection], progress: Progress, dry_run: bool = False) -> Report:
    """Ingest every source; each is its own scope, so one never removes another's articles.

    A source without a single readable article is reported as rejected, and what it held before stays.

    Raises:
        NoArticles: there is nothing in the base at the end.
        IndexMismatch: the folder was written by another embedder or chunker.
    """
    report = Report()
    writer = Writer(knowledge, _generation(knowledge, dry_run), report)
    if not dry_run:
        writer.reconcile()
    for source in sources:
        _sync_source(source, writer, progress, dry_run)
    if not dry_run:
        writer.end()
    if not (knowledge.catalogue.count(None)[0] or report.added):
        raise _no_articles(sources, report)
    return report


def _sync_source(source: Collection, writer: Writer, progress: Progress, dry_run: bool) -> None:
    report, catalogue = writer.report, writer.knowledge.catalogue
    computed = report.computed
    scan = Scan(source, catalogue.known(), report)
    for batch in _batches(scan, BATCH):
        if dry_run:
            report.added += sum(found.is_new for found in batch)
            report.changed += sum(not found.is_new for found in batch)
            continue
        writer.write(batch, source.key)
        progress(f"{report.added + report.changed} articles written, {report.computed} chunks embedded")
    if source.unseen:
        report.notes.append(f"{source.place}: {source.unseen}; so nothing of it was removed")
    if not scan.readable:
        report.rejected.append({"source": source.place, "reason": NOTHING_READ})
        return
    if dry_run:
        report.removed += len(scan.gone)
        return
    writer.remove(scan.gone)
    with catalogue.transaction() as connection:
        catalogue.move(connection, scan.moved)
    report.reused += catalogue.chunks_of(source.key, writer.generation) - (report.computed - computed)


def _generation(knowledge: Knowledge, dry_run: bool) -> int:
    """The generation to write into; a dry run in a new data folder begins none."""
    if not dry_run:
        return knowledge.writable_generation()
    try:
        return knowledge.generation()
    except IndexEmpty:
        return 0


def remove_source(knowledge: Knowledge, key: str) -> Report:
    """Drop every article of a source.

    Raises:
        UsageError: there is no such source in the base.
    """
    report = Report()
    held = knowledge.catalogue.known(key)
    if not held:
        names = ", ".join(knowledge.catalogue.sources()) or "none"
        raise UsageError(f"there is no source {key!r} in the base", f"the sources are: {names}")
    writer = Writer(knowledge, knowledge.writable_generation(), report)
    writer.reconcile()
    writer.remove(list(held))
    writer.forget()
    writer.end()
    return report


def rebuild(knowledge: Knowledge, progress: Progress) -> Report:
    """Cut every article anew and embed what has no vector yet, in a new generation that takes over at the end."""
    report = Report()
    with knowledge.catalogue.transaction() as connection:
        generation = generations.begin(connection, knowledge.fingerprint())
    writer = Writer(knowledge, generation, report)
    writer.begin()
    for article in knowledge.catalogue.articles():
        writer.reindex(article)
        report.changed += 1
        progress(f"{report.changed} articles, {report.computed} chunks embedded")
    with knowledge.catalogue.transaction() as connection:
        generations.activate(connection, generation)
    knowledge.vectors.keep_only(generation)
    report.reused = knowledge.catalogue.count(generation)[1] - report.computed
    writer.end()
    return report


def _batches(things: Iterable[Thing], size: int) -> Iterator[list[Thing]]:
    iterator = iter(things)
    while batch := list(islice(iterator, size)):
        yield batch


def _no_articles(sources: Sequence[Collection], report: Report) -> NoArticles:
    places = ", ".join(source.place for source in sources)
    reasons = [rejected["reason"] for rejected in report.rejected if rejected["reason"] != NOTHING_READ]
    seen = f"; {len(reasons)} files rejected, the first: {reasons[0]}" if reasons else ""
    return NoArticles(f"no articles in {places}{seen}", "put Markdown, HTML, text, PDF or DOCX files there")
