"""Schedule: when an ingest that is left running looks again: as soon as a folder changes, or by the clock."""

import re
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from knowledge.errors import UsageError

UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
# Milliseconds in which further changes join the first: an editor or a copy writes in several steps.
TOGETHER = 1000
# Milliseconds after which a wish to end is seen.
LOOK = 500


def interval(given: str) -> float:
    """Seconds in a text like ``30m``, ``6h``, ``1d``.

    Raises:
        UsageError: it is none.
    """
    found = re.fullmatch(r"(\d{1,6})\s*([smhd])", given.strip().lower())
    if not found or not int(found[1]):
        raise UsageError(f"{given!r} is no interval", "write a number and a unit: 30m, 6h, 1d")
    return int(found[1]) * UNITS[found[2]]


def turns(folders: Sequence[Path], seconds: float | None, wish: threading.Event) -> Iterator[None]:
    """A turn at once, then after every change in ``folders``, or every ``seconds``, until ``wish`` is set."""
    if folders:
        yield from _changes(folders, seconds, wish)
        return
    yield
    while seconds and not wish.wait(seconds):
        yield


def _changes(folders: Sequence[Path], seconds: float | None, wish: threading.Event) -> Iterator[None]:
    """The first turn comes once the folders are watched, so that no change falls between."""
    from watchfiles import watch

    due = 0.0
    for changes in watch(*folders, stop_event=wish, debounce=TOGETHER, rust_timeout=LOOK, yield_on_timeout=True):
        if changes or due == 0 or (seconds and time.monotonic() >= due):
            yield
            due = time.monotonic() + (seconds or 0)
