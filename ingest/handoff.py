"""Handing an ingest to the process that has the data folder open: a running server does it for whoever asks.

An order is a file in the folder ``orders``; its answer is a file beside it. Who takes the order back (deletes the file)
ends the work at the next border of a document. Whoever may write to the data folder may order, nobody else.
"""

import json
import logging
import os
import threading
import time
import uuid
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from ingest.order import Order
from ingest.progress import Progress, Step
from ingest.report import Report
from knowledge.errors import FootnoteError
from knowledge.lock import is_free
from knowledge.wiring import Knowledge

FOLDER = "orders"
POLL_SECONDS = 0.3
# As of `nice` without an argument: questions go first.
BACKGROUND = 10

log = logging.getLogger(__name__)


class TakenBack(FootnoteError):
    """The order was taken back while it was carried out."""


def hand_over(order: Order, folder: Path, progress: Progress) -> Report | None:
    """Give the order to the process that holds ``folder`` and wait for its report; None where that process went away.

    ``progress`` may raise, which takes the order back.

    Raises:
        FootnoteError: what the other process ran into.
    """
    place = folder / FOLDER / f"{uuid.uuid4().hex}.order"
    place.parent.mkdir(exist_ok=True)
    try:
        while not (answer := _read(place.with_suffix(".answer"))):
            if step := _read(place.with_suffix(".step")):
                progress(Step(**step))
            if is_free(folder):
                return None
            if not place.exists():  # another server came and cleared its desk
                _put(place, asdict(order))
            time.sleep(POLL_SECONDS)
    finally:
        for suffix in (".order", ".step", ".answer"):
            place.with_suffix(suffix).unlink(missing_ok=True)
    if "error" in answer:
        raise _error(answer)
    return Report(**answer["report"])


class Desk:
    """Carries out orders in a thread of this process, one after the other, while the ``with`` block runs.

    ``after`` is called with the report of each, before it is handed back.
    """

    def __init__(self, knowledge: Knowledge, after: Callable[[Report], None] = lambda report: None) -> None:
        self._knowledge = knowledge
        self._after = after
        self._folder = knowledge.folder / FOLDER
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._work, name="ingest", daemon=True)

    def __enter__(self) -> None:
        for left_over in self._folder.glob("*.*"):  # of clients that were killed; one that waits asks again
            left_over.unlink(missing_ok=True)
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        self._closing.set()
        self._thread.join()

    def _work(self) -> None:
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), BACKGROUND)
        while not self._closing.wait(POLL_SECONDS):
            for place in sorted(self._folder.glob("*.order"), key=lambda path: path.name):
                if (given := _read(place)) and not place.with_suffix(".answer").exists():
                    _put(place.with_suffix(".answer"), self._answer(Order(**given), place))

    def _answer(self, order: Order, place: Path) -> dict[str, Any]:
        def progress(step: Step) -> None:
            if self._closing.is_set() or not place.exists():
                raise TakenBack("the ingest was stopped at the border of a document", "run the same command again")
            _put(place.with_suffix(".step"), asdict(step))

        try:
            report = order.carried_out(self._knowledge, progress)
            if not order.dry_run:
                self._after(report)
            return {"report": asdict(report)}
        except FootnoteError as error:
            return {"error": str(error), "hint": error.hint, "exit_code": error.exit_code}
        except Exception:
            log.exception("an ingest that was handed to this process failed")
            return {"error": "the process that has the data folder open failed", "hint": "its log has the traceback"}


def _put(place: Path, value: dict[str, Any]) -> None:
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
