"""Rebuild: the index made anew from the catalogue, beside the one in use until the end."""

from ingest.batches import batches
from ingest.progress import Progress, Step
from ingest.report import Report
from ingest.writer import Writer
from knowledge import generations
from knowledge.disk import writing
from knowledge.wiring import Knowledge


def rebuild(knowledge: Knowledge, progress: Progress) -> Report:
    """Cut every article anew and embed what has no vector yet, in a new generation that takes over at the end."""
    report = Report()
    with knowledge.catalogue.transaction() as connection:
        generation = generations.begin(connection, knowledge.fingerprint())
    writer = Writer(knowledge, generation, report)
    writer.begin()
    total = knowledge.catalogue.count(None)[0]
    for batch in batches(knowledge.catalogue.articles()):
        with writing(knowledge.folder):
            writer.reindex(batch)
        progress(Step("articles indexed", report.changed, total, report.computed))
    with knowledge.catalogue.transaction() as connection:
        generations.activate(connection, generation)
    knowledge.vectors.keep_only(generation)
    report.reused = knowledge.catalogue.count(generation)[1] - report.computed
    writer.end()
    return report
