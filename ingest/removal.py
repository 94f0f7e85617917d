"""Removal: a source leaves the base with its articles, and with the vectors of their texts."""

from ingest import journal
from ingest.report import Report
from ingest.writer import Writer
from knowledge.errors import UsageError
from knowledge.wiring import Knowledge


def remove_source(knowledge: Knowledge, key: str) -> Report:
    """Drop every article of a source.

    Raises:
        UsageError: there is no such source in the base.
    """
    report = Report()
    held = [article_id for article_id, _ in knowledge.catalogue.known(key)]
    if not held:
        names = ", ".join(knowledge.catalogue.sources()) or "none"
        raise UsageError(f"there is no source {key!r} in the base", f"the sources are: {names}")
    writer = Writer(knowledge, knowledge.writable_generation(), report)
    writer.reconcile()
    writer.remove(held)
    writer.forget()
    writer.end()
    journal.forget(knowledge.folder, key)
    return report
