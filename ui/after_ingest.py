"""What is asked after an ingest that changed something, whoever carried it out: canaries, and the open gaps again."""

from assistant.chain import Assistant
from assistant.wiring import unrecorded
from evals import canaries, closing
from ingest.report import Report
from knowledge.wiring import Knowledge


def ask(report: Report, knowledge: Knowledge, assistant: Assistant) -> None:
    """Put into the report what came of it; nothing of it enters the owner's books."""
    if report.changed_something:
        silent = assistant.keeping(unrecorded(knowledge))
        report.asked = canaries.run(silent, knowledge.catalogue, knowledge.folder).lines
        report.asked += closing.lines(silent, knowledge)
