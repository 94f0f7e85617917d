"""A model being fetched, on stderr: a bar with rate and remaining time on a terminal, a line now and then elsewhere."""

import sys
import time
from collections.abc import Iterable

from assistant.models.pull import Step
from ui.terminal import console
from ui.terminal.progress import BETWEEN


def show(steps: Iterable[Step]) -> None:
    """Every step as it comes."""
    if sys.stderr.isatty():
        _draw(steps)
    else:
        _tell(steps)


def _draw(steps: Iterable[Step]) -> None:
    from rich import progress
    from rich.console import Console

    columns = (
        progress.TextColumn("{task.description}", markup=False), progress.BarColumn(), progress.DownloadColumn(),
        progress.TransferSpeedColumn(), progress.TimeRemainingColumn(),
    )  # fmt: skip
    with progress.Progress(*columns, console=Console(stderr=True)) as bar:
        tasks = {}
        for step in steps:
            done = step.completed if step.total else 1
            if step.status not in tasks:
                tasks[step.status] = bar.add_task(step.status, total=step.total or 1, completed=done)
            bar.update(tasks[step.status], completed=done)


def _tell(steps: Iterable[Step]) -> None:
    """Rate and remaining time are those since the file began; what was there before was not fetched in it."""
    first, began, told = Step(""), 0.0, 0.0
    for step in steps:
        now = time.monotonic()
        if step.status != first.status:
            first, began = step, now
        elif now - told < BETWEEN and step.completed != step.total:
            continue
        told = now
        console.note(str(step) + _speed(step.completed - first.completed, step.total - step.completed, now - began))


def _speed(fetched: int, left: int, seconds: float) -> str:
    if not fetched or not seconds:
        return ""
    return f", {fetched / seconds / 1e6:.1f} MB/s, {left * seconds / fetched:.0f} s left"
