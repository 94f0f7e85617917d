"""Ctrl-C and SIGTERM as a wish that long work looks at where it may end; a second one ends it at once."""

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING

from knowledge.errors import FootnoteError

if TYPE_CHECKING:
    from assistant.models.call import Stop

# Seconds between two looks at whether somebody still waits.
LOOK_SECONDS = 0.1


class Stopped(FootnoteError):
    """The owner stopped a run; what it had done stays done."""

    exit_code = 130


@contextmanager
def stoppable() -> Iterator[threading.Event]:
    """An event that is set once the process is asked to end."""
    wish = threading.Event()

    def asked(_signal: int, _frame: FrameType | None) -> None:
        if wish.is_set():
            raise KeyboardInterrupt
        wish.set()

    before = {name: signal.signal(name, asked) for name in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield wish
    finally:
        for name, handler in before.items():
            signal.signal(name, handler)


@contextmanager
def stopping_when(ended: Callable[[], bool]) -> Iterator["Stop"]:
    """A ``Stop`` that is set as soon as ``ended`` says so while the block runs: a model's stream looks at nothing."""
    from assistant.models.call import Stop

    stop, over = Stop(), threading.Event()

    def look() -> None:
        while not over.wait(LOOK_SECONDS):
            if ended():
                stop.set()
                return

    watch = threading.Thread(target=look, daemon=True)
    watch.start()
    try:
        yield stop
    finally:
        over.set()
        watch.join()
