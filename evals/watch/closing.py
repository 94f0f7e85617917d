"""Which gaps closed: visitors' unmet questions asked again after every ingest that changed something.

By extraction, the most asked topics first. Kept in the data folder is whether each is answered, under the id of the
trace of its last question, so that the owner sees it beside a running server too; no question stands there.
"""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from assistant.answer import Answer
from assistant.chain import Assistant
from assistant.feedback import Feedback
from assistant.question import check
from assistant.traces import Traces
from evals.watch.gaps import Gap, asked_again, gaps
from evals.watch.visitors import unmet
from ingest.progress import Progress, Step, quiet
from knowledge import json_file
from knowledge.disk import writing
from knowledge.errors import BadQuestion
from knowledge.wiring import Knowledge

FILE = "gaps.json"
# Topics asked again by one ingest, so that it stays short.
MOST = 50


def lines(assistant: Assistant, knowledge: Knowledge, progress: Progress = quiet) -> list[str]:
    """For people, after an ingest: how many gaps are closed, and which closed now; nothing where there is none."""
    engine = knowledge.catalogue.engine
    found = gaps(unmet(Traces(engine, 0), Feedback(engine), ""), knowledge.embedder)
    if not found:
        return []
    known = _read(knowledge.folder)
    before = {gap.trace_id: known[gap.trace_id] for gap in found if gap.trace_id in known}
    now = again(found[:MOST], assistant, knowledge.folder, before, progress)
    closed = [gap for gap in now if gap.closed]
    new = [f"gap closed: {gap.questions[0]!r}" for gap in closed if not before.get(gap.trace_id)]
    return [f"gaps: {len(closed)} of {len(now)} topics that visitors asked in vain are answered now", *new]


def again(
    found: Sequence[Gap],
    assistant: Assistant,
    folder: Path,
    before: Mapping[str, bool] | None = None,
    progress: Progress = quiet,
) -> list[Gap]:
    """The gaps, asked now, and remembered beside ``before``: all that was, where it is not given.

    ``assistant`` is one that keeps nothing; ``progress`` may end it.

    Raises:
        DataFolderError: what was found could not be written.
    """
    done = itertools.count()

    def ask(text: str) -> Answer | None:
        progress(Step("gaps asked again", next(done), len(found)))
        try:
            return assistant.answer(check(text), "extractive")
        except BadQuestion:  # nothing is left of it but what stands for personal data
            return None

    now = asked_again(found, ask, assistant.threshold)
    known = _read(folder) if before is None else before
    with writing(folder):
        json_file.write(folder / FILE, {**known, **{gap.trace_id: gap.closed for gap in now}})
    return now


def remembered(found: Sequence[Gap], folder: Path) -> list[Gap]:
    """The gaps as they were when asked last; ``closed`` is None for one that a visitor met again since."""
    known = _read(folder)
    return [replace(gap, closed=known.get(gap.trace_id)) for gap in found]


def _read(folder: Path) -> dict[str, bool]:
    """Nothing where nothing, or nothing of ours, is there."""
    try:
        return dict(json_file.read(folder / FILE))
    except (ValueError, TypeError):
        return {}
