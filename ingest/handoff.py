"""Handing work to the process that has the data folder open: a running server does it for whoever asks.

Work is a JSON file in a folder of the data folder; its answer is a file beside it. Who takes the file back (deletes it)
ends the work at the next border of a document. Whoever may write to the data folder may ask, nobody else. Where a full
disk has no room for an answer, the work's own file is renamed to one: that takes none.
"""

import json
import logging
import os
import threading
import time
import uuid
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any, Self

from ingest.progress import Progress, Running, Step
from knowledge.disk import writing
from knowledge.errors import DataFolderError, FootnoteError
from knowledge.lock import is_free

# The desks of a server: one changes the base, the other answers, so that no question waits for an ingest.
ORDERS = "orders"
QUESTIONS = "questions"

POLL_SECONDS = 0.1
# As of `nice` without an argument: questions go first.
BACKGROUND = 10

# Does nobody want the work any longer? True once it was taken back, or this process ends.
Ended = Callable[[], bool]
Work = Callable[[Mapping[str, Any], Progress, Ended], Mapping[str, Any]]

log = logging.getLogger(__name__)


class TakenBack(FootnoteError):
    """The work was taken back while it was done."""


def hand_over(given: Mapping[str, Any], folder: Path, desk: str, progress: Progress) -> dict[str, Any] | None:
    """Give work to the process that holds ``folder`` and wait for its answer; None where that process went away.

    ``progress`` may raise, which takes the work back.

    Raises:
        FootnoteError: what the other process ran into.
        DataFolderError: the work could not be written there, or its answer.
    """
    # The name begins with the time, so that what was given first comes first.
    place = folder / desk / f"{time.time_ns()}-{uuid.uuid4().hex}.order"
    _give(place, given)
    try:
        while not (answer := _read(place.with_suffix(".answer"))):
            if step := _read(place.with_suffix(".step")):
                progress(Step(**step))
            if is_free(folder):
                return None
            if not place.exists():  # another server came and cleared its desk
                _give(place, given)
            time.sleep(POLL_SECONDS)
    finally:
        _clear(place, ".order", ".step", ".answer")
    if "done" not in answer:
        raise _error(answer, folder)
    done: dict[str, Any] = answer["done"]
    return done


class Desk:
    """Does what is handed over in a thread of this process, one after the other, while the ``with`` block runs.

    The end of the block ends the work under way, as far as the work looks at its ``Ended`` or tells its progress.
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
        done = set[Path]()
        while not self._closing.wait(POLL_SECONDS):
            given = set(self._folder.glob("*.order"))
            done &= given
            for place in sorted(given - done):
                done.add(place)  # never twice, also where the answer could not be written: a model's answer costs
                self._do(place)

    def _do(self, place: Path) -> None:
        """What one file asks for. A disk that cannot be written ends that, not the desk."""
        try:
            if not self._closing.is_set() and (given := _read(place)):
                self._tell(place, self._answer(given, place))
        except OSError:
            log.exception("%s could not be answered", place)

    def _tell(self, place: Path, answer: Mapping[str, Any]) -> None:
        try:
            _put(place.with_suffix(".answer"), answer)
        except OSError as error:
            log.error("the answer to %s could not be written: %s", place, error)
            place.replace(place.with_suffix(".answer"))
            return
        if not place.exists():  # taken back meanwhile: nobody reads it any longer
            _clear(place, ".step", ".answer")

    def _answer(self, given: Mapping[str, Any], place: Path) -> dict[str, Any]:
        def ended() -> bool:
            return self._closing.is_set() or not place.exists()

        def progress(step: Step) -> None:
            if ended():
                raise TakenBack("it was stopped at the border of a document", "run the same command again")
            self.running = self.running and self.running.at(step)
            with suppress(OSError):  # the work matters more than the news of it
                _put(place.with_suffix(".step"), asdict(step))

        self.running = Running()
        try:
            return {"done": self._work(given, progress, ended)}
        except FootnoteError as error:
            return {"error": str(error), "hint": error.hint, "exit_code": error.exit_code}
        except Exception:
            log.exception("what was handed to this process failed")
            return {"error": "the process that has the data folder open failed", "hint": "its log has the traceback"}
        finally:
            self.running = None


def _give(place: Path, given: Mapping[str, Any]) -> None:
    with writing(place.parent.parent):
        place.parent.mkdir(exist_ok=True)
        _put(place, given)


def _put(place: Path, value: Mapping[str, Any]) -> None:
    """Write a file whole or not at all."""
    draft = place.with_suffix(f"{place.suffix}.draft")
    try:
        draft.write_text(json.dumps(value), encoding="utf-8")
        draft.replace(place)
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)


def _clear(place: Path, *suffixes: str) -> None:
    """Take away what can be; the rest goes when the next server comes."""
    for suffix in suffixes:
        with suppress(OSError):
            place.with_suffix(suffix).unlink(missing_ok=True)


def _read(place: Path) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads(place.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    return found


def _error(answer: dict[str, Any], folder: Path) -> FootnoteError:
    if "error" not in answer:  # the work itself, renamed
        return DataFolderError(
            f"a server did it, and had no room in {folder} for the answer", "make room and run the same command again"
        )
    error = FootnoteError(answer["error"], answer["hint"])
    error.exit_code = answer.get("exit_code", 1)
    return error
