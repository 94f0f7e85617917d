"""What the command line writes: data to stdout, everything else to stderr."""

import json
import sys
from collections.abc import Iterable, Sequence
from typing import Any

from knowledge.errors import FootnoteError


def data(value: Any) -> None:
    """One JSON value, the only thing on stdout."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")


def text(line: str = "") -> None:
    """A line for a person who asked for it."""
    sys.stdout.write(line + "\n")


def note(line: str) -> None:
    """A line about what is going on."""
    sys.stderr.write(line + "\n")
    sys.stderr.flush()


def failure(error: FootnoteError) -> None:
    """What failed, and what to do."""
    note(f"error: {error}\nhint: {error.hint}")


def table(rows: Iterable[Sequence[object]], head: Sequence[str]) -> None:
    """Columns as wide as their longest cell, the last one free."""
    cells = [[str(cell) for cell in row] for row in (head, *rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(head))]
    for row in cells:
        text("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
