"""Ctrl-C and SIGTERM as a wish that long work looks at where it may end; a second one ends it at once."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from knowledge.errors import FootnoteError


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
