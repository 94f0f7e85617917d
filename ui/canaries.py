"""Canaries after an ingest: every article is asked its own question, whoever carried the ingest out."""

from assistant.chain import Assistant
from evals.canaries import run
from ingest.report import Report
from knowledge.wiring import Knowledge


def sing(report: Report, knowledge: Knowledge, assistant: Assistant) -> None:
    """Ask, where something changed, and put into the report what came of it."""
    if report.changed_something:
        report.canaries = run(assistant, knowledge.catalogue, knowledge.folder).lines
