"""Progress of a run on stderr: a bar that is rewritten on a terminal, a line every tenth in a log."""

import sys
from collections import Counter
from typing import TextIO

from evals.row import STATUSES, Row

# Characters of the bar.
WIDTH = 20


class Progress:
    """Counts rows as they come; every kind of outcome has its own count."""

    def __init__(self, out: TextIO | None = None) -> None:
        self._out = out or sys.stderr
        self._counts: Counter[str] = Counter()

    def __call__(self, row: Row, of: int) -> None:
        """``of`` is the number of rows to come in all."""
        self._counts[row.status] += 1
        done = self._counts.total()
        told = ", ".join(f"{self._counts[status]} {status}" for status in STATUSES)
        line = f"{done} of {of}: {told} ({row.configuration}, {row.suite})"
        if self._out.isatty():
            full = WIDTH * done // of
            self._out.write(f"\r\033[K[{'#' * full}{'.' * (WIDTH - full)}] {line}" + ("\n" if done == of else ""))
        elif done == of or done % max(of // 10, 1) == 0:
            self._out.write(line + "\n")
        self._out.flush()
