"""What is asked after an ingest that changed something, whoever carried it out: canaries, and the open gaps again."""

from collections.abc import Callable

from assistant.chain import Assistant
from assistant.wiring import unrecorded
from evals.watch import canaries, closing
from ingest.progress import Progress
from ingest.report import Report
from knowledge.errors import FootnoteError
from knowledge.wiring import Knowledge
from ui.stopping import Stopped


def ask(report: Report, knowledge: Knowledge, assistant: Callable[[], Assistant], progress: Progress) -> None:
    """Put into the report what came of it; nothing of it enters the owner's books.

    What goes wrong here is a line of the report: the articles are written.

    Raises:
        Stopped: as ``progress`` does.
    """
    if not report.changed_something:
        return
    try:
        silent = assistant().keeping(unrecorded(knowledge))
        report.asked += canaries.run(silent, knowledge.catalogue, knowledge.folder, progress=progress).lines
        report.asked += closing.lines(silent, knowledge, progress)
    except Stopped:
        raise
    except FootnoteError as error:
        report.asked.append(f"what the articles answer now could not be asked: {error}; {error.hint}")
