"""A desk: where a server does what other processes hand over; see ``ingest.handoff``."""

import logging
import os
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any, Self

from ingest.handed_files import POLL_SECONDS, clear, read
from ingest.progress import Progress, Running, Step
from knowledge import json_file
from knowledge.errors import FootnoteError

# As of `nice` without an argument: questions go first.
BACKGROUND = 10

# Does nobody want the work any longer? True once it was taken back, or this process ends.
Ended = Callable[[], bool]
Work = Callable[[Mapping[str, Any], Progress, Ended], Mapping[str, Any]]

log = logging.getLogger(__name__)


class TakenBack(FootnoteError):
    """The work was taken back while it was done."""


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
            if not self._closing.is_set() and (given := read(place)):
                self._tell(place, self._answer(given, place))
        except OSError:
            log.exception("%s could not be answered", place)

    def _tell(self, place: Path, answer: Mapping[str, Any]) -> None:
        try:
            json_file.write(place.with_suffix(".answer"), answer)
        except OSError as error:
            log.error("the answer to %s could not be written: %s", place, error)
            place.replace(place.with_suffix(".answer"))
            return
        if not place.exists():  # taken back meanwhile: nobody reads it any longer
            clear(place, ".step", ".answer")

    def _answer(self, given: Mapping[str, Any], place: Path) -> dict[str, Any]:
        def ended() -> bool:
            return self._closing.is_set() or not place.exists()

        def progress(step: Step) -> None:
            if ended():
                raise TakenBack("it was stopped at the border of a document", "run the same command again")
            self.running = self.running and self.running.at(step)
            with suppress(OSError):  # the work matters more than the news of it
                json_file.write(place.with_suffix(".step"), asdict(step))

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
