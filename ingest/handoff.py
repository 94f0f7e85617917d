"""Handing work to the process that has the data folder open: a running server does it for whoever asks.

Work is a JSON file in a folder of the data folder; its answer is a file beside it. Who takes the file back (deletes it)
ends the work at the next border of a document. Whoever may write to the data folder may ask, nobody else.
"""

import json
import logging
import os
import threading
import time
import uuid
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any, Self

from ingest.progress import Progress, Running, Step
from knowledge.errors import FootnoteError
from knowledge.lock import is_free

# The desks of a server: one changes the base, the other answers, so that no question waits for an ingest.
ORDERS = "orders"
QUESTIONS = "questions"

POLL_SECONDS = 0.1
# As of `nice` without an argument: questions go first.
BACKGROUND = 10

Work = Callable[[Mapping[str, Any], Progress], Mapping[str, Any]]

log = logging.getLogger(__name__)


class TakenBack(FootnoteError):
    """The work was taken back while it was done."""


def hand_over(given: Mapping[str, Any], folder: Path, desk: str, progress: Progress) -> dict[str, Any] | None:
    """Give work to the process that holds ``folder`` and wait for its answer; None where that process went away.

    ``progress`` may raise, which takes the work back.

    Raises:
        FootnoteError: what the other process ran into.
    """
    place = folder / desk / f"{uuid.uuid4().hex}.order"
    place.parent.mkdir(exist_ok=True)
    try:
        while not (answer := _read(place.with_suffix(".answer"))):
            if step := _read(place.with_suffix(".step")):
                progress(Step(**step))
            if is_free(folder):
                return None
            if not place.exists():  # another server came and cleared its desk
                _put(place, given)
            time.sleep(POLL_SECONDS)
    finally:
        for suffix in (".order", ".step", ".answer"):
            place.with_suffix(suffix).unlink(missing_ok=True)
    if "error" in answer:
        raise _error(answer)
    done: dict[str, Any] = answer["done"]
    return done


class Desk:
    """Does what is handed over in a thread of this process, one after the other, while the ``with`` block runs.

    ``niceness`` is that thread's; ``running`` is how far it is, None while nothing is to be done.
    """

    def __init__(self, folder: Path, name: str, work: Work, niceness: int = 0) -> None:
        self._folder = folder / name
        self._work = work
        self._niceness = niceness
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._attend, name=name, daemon=True)
        self.running: Running | None = None

    def __enter__(self) -> Self:
        for left_over in self._folder.glob("*.*"):  # of clients that were killed; one that waits asks again
            left_over.unlink(missing_ok=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._closing.set()
        self._thread.join()

    def _attend(self) -> None:
        if self._niceness:
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), self._niceness)
        while not self._closing.wait(POLL_SECONDS):
            for place in sorted(self._folder.glob("*.order"), key=lambda path: path.name):
                if (given := _read(place)) and not place.with_suffix(".answer").exists():
                    self.running = Running()
                    _put(place.with_suffix(".answer"), self._answer(given, place))
                    self.running = None

    def _answer(self, given: Mapping[str, Any], place: Path) -> dict[str, Any]:
        def progress(step: Step) -> None:
            if self._closing.is_set() or not place.exists():
                raise TakenBack("the ingest was stopped at the border of a document", "run the same command again")
            self.running = self.running and self.running.at(step)
            _put(place.with_suffix(".step"), asdict(step))

        try:
            return {"done": self._work(given, progress)}
        except FootnoteError as error:
            return {"error": str(error), "hint": error.hint, "exit_code": error.exit_code}
        except Exception:
            log.exception("what was handed to this process failed")
            return {"error": "the process that has the data folder open failed", "hint": "its log has the traceback"}


def _put(place: Path, value: Mapping[str, Any]) -> None:
    """Write a file whole or not at all."""
    draft = place.with_suffix(f"{place.suffix}.draft")
    draft.write_text(json.dumps(value), encoding="utf-8")
    draft.replace(place)


def _read(place: Path) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads(place.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    return found


def _error(answer: dict[str, Any]) -> FootnoteError:
    error = FootnoteError(answer["error"], answer["hint"])
    error.exit_code = answer.get("exit_code", 1)
    return error
