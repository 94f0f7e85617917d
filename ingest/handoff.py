"""Handing work to the process that has the data folder open: a running server does it for whoever asks.

Work is a JSON file in a folder of the data folder; its answer is a file beside it. Who takes the file back (deletes it)
ends the work at the next border of a document. Whoever may write to the data folder may ask, nobody else. Where a full
disk has no room for an answer, the work's own file is renamed to one: that takes none.
"""

import time
import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ingest.handed_files import POLL_SECONDS, clear, read
from ingest.progress import Progress, Step
from knowledge import json_file
from knowledge.disk import writing
from knowledge.errors import DataFolderError, FootnoteError
from knowledge.lock import is_free

# The desks of a server: one changes the base, the other answers, so that no question waits for an ingest.
ORDERS = "orders"
QUESTIONS = "questions"


def hand_over(given: Mapping[str, Any], folder: Path, desk: str, progress: Progress) -> dict[str, Any] | None:
    """Give work to the process that holds ``folder`` and wait for its answer; None where that process went away.

    ``progress`` may raise, which takes the work back.

    Raises:
        FootnoteError: what the other process ran into.
        DataFolderError: the work could not be written there, or its answer.
    """
    # The name begins with the time, so that what was given first comes first.
    place = folder / desk / f"{time.time_ns()}-{uuid.uuid4().hex}.order"
    try:
        _give(place, given)
        while not (answer := read(place.with_suffix(".answer"))):
            if step := read(place.with_suffix(".step")):
                progress(Step(**step))
            if is_free(folder):
                return None
            if not place.exists() and not place.with_suffix(".answer").exists():  # another server cleared its desk
                _give(place, given)
            time.sleep(POLL_SECONDS)
    finally:
        clear(place, ".order", ".step", ".answer")
    if "done" not in answer:
        raise _error(answer, folder)
    done: dict[str, Any] = answer["done"]
    return done


def _give(place: Path, given: Mapping[str, Any]) -> None:
    with writing(place.parent.parent):
        place.parent.mkdir(exist_ok=True)
        json_file.write(place, given)


def _error(answer: dict[str, Any], folder: Path) -> FootnoteError:
    if "error" not in answer:  # the work itself, renamed
        return DataFolderError(
            f"a server did it, and had no room in {folder} for the answer", "make room and run the same command again"
        )
    error = FootnoteError(answer["error"], answer["hint"])
    error.exit_code = answer.get("exit_code", 1)
    return error
