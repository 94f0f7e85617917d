"""Progress: a bar on a terminal, few lines in a log, every kind of outcome counted."""

import io

from evals.progress import Progress
from tests.evals.rows import row


class Terminal(io.StringIO):
    """A stream that says it is one."""

    def isatty(self) -> bool:
        """It is."""
        return True


def test_a_terminal_gets_a_bar_that_is_rewritten_and_ended() -> None:
    out = Terminal()
    progress = Progress(out)
    progress(row("a"), 2)
    progress(row("b", "stale"), 2)
    first, last = out.getvalue().split("\r\033[K")[1:]
    assert first == "[##########..........] 1 of 2: 1 pass, 0 fail, 0 stale, 0 error, 0 skipped (extractive, kitchen)"
    assert last.startswith(f"[{'#' * 20}] 2 of 2: 1 pass, 0 fail, 1 stale")
    assert last.endswith("\n")


def test_a_log_gets_a_line_a_tenth() -> None:
    out = io.StringIO()
    progress = Progress(out)
    for number in range(50):
        progress(row(str(number)), 50)
    assert len(out.getvalue().splitlines()) == 10
