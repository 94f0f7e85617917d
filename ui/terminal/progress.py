"""Progress of an ingest on stderr: a bar with rate and remaining time on a terminal, a line now and then elsewhere."""

import sys
import threading
import time
from typing import Any

from ingest.progress import Step
from ui.stopping import Stopped
from ui.terminal import console

# Seconds between two lines where nobody watches.
BETWEEN = 5.0


class Shown:
    """A ``ingest.progress.Progress`` that shows each step, and ends the run once ``wish`` is set."""

    def __init__(self, wish: threading.Event) -> None:
        self._wish = wish
        self._bar: Any = None
        self._tasks: dict[str, Any] = {}
        self._last = 0.0
        self._line = ""

    def __call__(self, step: Step) -> None:
        """Show it.

        Raises:
            Stopped: the owner wished to end.
        """
        if sys.stderr.isatty():
            self._draw(step)
        elif str(step) != self._line and (time.monotonic() - self._last > BETWEEN or step.done == step.total):
            self._last, self._line = time.monotonic(), str(step)
            console.note(self._line)
        if self._wish.is_set():
            self.close()
            raise Stopped(
                f"stopped at the border of a document: {step}",
                "run the same command again: what is done is not done again",
            )

    def close(self) -> None:
        """Take the bar away."""
        if self._bar is not None:
            self._bar.stop()
            self._bar = None
            self._tasks.clear()

    def _draw(self, step: Step) -> None:
        if self._bar is None:
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

            self._bar = Progress(
                TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(),
                TextColumn("{task.fields[rate]}"), TimeRemainingColumn(), console=Console(stderr=True), transient=True,
            )  # fmt: skip
            self._bar.start()
        if step.doing not in self._tasks:
            self._tasks[step.doing] = self._bar.add_task(step.doing, total=step.total, rate="")
        task = self._bar.tasks[self._bar.task_ids.index(self._tasks[step.doing])]
        rate = f"{task.speed:.1f}/s" if task.speed else ""
        self._bar.update(self._tasks[step.doing], completed=step.done, total=step.total, rate=rate)
