"""Sync: make the catalogue say what the sources say, and embed only what changed."""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass

from ingest import boilerplate, child, journal, near_duplicates
from ingest.ahead import ahead
from ingest.batches import batches
from ingest.formats import FORMATS
from ingest.loss import MOST, Loss
from ingest.progress import Progress, Step
from ingest.report import Report
from ingest.scan import Scan
from ingest.sources import Source
from ingest.writer import Writer
from knowledge.disk import writing
from knowledge.errors import IndexEmpty, NoArticles
from knowledge.wiring import Knowledge

NOTHING_READ = (
    "no article in it, so nothing was changed; to empty a source on purpose: `footnote sources remove SOURCE`"
)

WORN = (
    "most of the index's graph is what edits left behind: `footnote index rebuild` makes it small again, "
    "without embedding anything anew"
)


@dataclass(frozen=True, slots=True)
class Options:
    """How a sync is done: ``dry_run`` writes nothing, ``most_lost`` is the share of a source (0 to 1) that may go."""

    dry_run: bool = False
    most_lost: float = MOST


def sync(knowledge: Knowledge, sources: Sequence[Source], progress: Progress, options: Options | None = None) -> Report:
    """Ingest every source; each is its own scope, so one never removes another's articles.

    A source without a single readable article is reported as rejected, one that would lose too much as held back; of
    both nothing is changed.

    Raises:
        NoArticles: there is nothing in the base at the end.
        IndexMismatch: the folder was written by another embedder or chunker.
    """
    options = options or Options()
    report = Report()
    writer = Writer(knowledge, _generation(knowledge, options.dry_run), report)
    if not options.dry_run:
        writer.reconcile()
    for source in sources:
        with writing(knowledge.folder):
            writer.report = Report()
            _sync_source(source, writer, progress, options)
            report.add(writer.report)
            if not options.dry_run:
                journal.note(knowledge.folder, source.key, writer.report)
    if not options.dry_run:
        if pairs := near_duplicates.find(knowledge.catalogue):
            report.notes.append(
                f"{pairs} pairs of articles nearly repeat each other; an answer cites one of each group"
            )
        writer.end()
        if knowledge.vectors.is_worn(writer.generation, knowledge.fingerprint().dimension):
            report.notes.append(WORN)
    if not (knowledge.catalogue.count(None)[0] or report.added):
        raise _no_articles(sources, report)
    return report


def _sync_source(source: Source, writer: Writer, progress: Progress, options: Options) -> None:
    report, catalogue = writer.report, writer.knowledge.catalogue
    before = Loss(*catalogue.size(source.key))
    shared = boilerplate.learn(source.documents(), child.shared().read)
    if before.articles_before or options.dry_run:
        look = _looked(Scan(source, catalogue, shared, Report()), before, progress)
        held = look.loss.exceeds(options.most_lost)
        if held:
            report.held.append(look.loss.as_dict(source.place))
        if held and not options.dry_run:
            look.report.added = look.report.changed = look.report.removed = 0
        if held or options.dry_run or not look.differs:
            report.add(look.report)
            report.reused += 0 if options.dry_run else catalogue.chunks_of(source.key, writer.generation)
            return
    _write(Scan(source, catalogue, shared, report), writer, progress)


@dataclass
class _Look:
    """What a sync would do to a source."""

    report: Report
    loss: Loss
    differs: bool


def _looked(scan: Scan, loss: Loss, progress: Progress) -> _Look:
    """Read everything and write nothing; a second reading costs little beside embedding what is new."""
    report = scan.report
    for found in scan:
        report.added += found.is_new
        report.changed += not found.is_new
        loss.note(found)
        progress(Step("changes found", report.added + report.changed))
    _close(scan)
    loss.gone = scan.gone
    report.removed = len(loss.gone)
    return _Look(report, loss, bool(report.added or report.changed or report.removed or scan.moved))


def _write(scan: Scan, writer: Writer, progress: Progress) -> None:
    report, catalogue = writer.report, writer.knowledge.catalogue
    computed, done = report.computed, report.added + report.changed
    source = scan.source
    total = sum(1 for _ in source.documents())
    with closing(ahead(batches(scan))) as read, closing(ahead(map(writer.prepared, read))) as made:
        for prepared in made:
            writer.write(prepared, source.key)
            written = report.added + report.changed - done
            progress(Step("articles written", written, max(total, written), report.computed))
    _close(scan)
    writer.remove(list(scan.gone))
    with catalogue.transaction() as connection:
        catalogue.move(connection, scan.moved)
    report.reused += catalogue.chunks_of(source.key, writer.generation) - (report.computed - computed)


def _close(scan: Scan) -> None:
    """What can be said of a source once all of it was read."""
    source, report = scan.source, scan.report
    if source.unseen:
        report.notes.append(f"{source.place}: {source.unseen}; so nothing of it was removed")
    if not scan.readable:
        report.rejected.append({"source": source.place, "reason": NOTHING_READ})


def _generation(knowledge: Knowledge, dry_run: bool) -> int:
    """The generation to write into; a dry run in a new data folder begins none."""
    if not dry_run:
        return knowledge.writable_generation()
    try:
        return knowledge.generation()
    except IndexEmpty:
        return 0


def _no_articles(sources: Sequence[Source], report: Report) -> NoArticles:
    places = ", ".join(source.place for source in sources)
    reasons = [rejected["reason"] for rejected in report.rejected if rejected["reason"] != NOTHING_READ]
    seen = f"; {len(reasons)} files rejected, the first: {reasons[0]}" if reasons else ""
    return NoArticles(f"no articles in {places}{seen}", f"put {', '.join(one.name for one in FORMATS)} files there")
