"""Results of a run as a JSONL file: a first line on what was run, then a row a line, readable at every moment."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from evals.provenance import SAME
from evals.row import JUDGED, Key, Row, row_of
from knowledge.errors import UsageError

FILE = "results.jsonl"


@dataclass(frozen=True, slots=True)
class Run:
    """``about`` says what was run on what, see ``evals.provenance``."""

    about: Mapping[str, Any]
    rows: tuple[Row, ...]

    @property
    def configurations(self) -> list[str]:
        """In order of first appearance."""
        return list(dict.fromkeys(row.configuration for row in self.rows))

    @property
    def suites(self) -> list[str]:
        """In order of first appearance."""
        return list(dict.fromkeys(row.suite for row in self.rows))

    def of(self, configuration: str, suite: str | None = None) -> list[Row]:
        """The rows of one configuration, of one suite or of all."""
        rows = [row for row in self.rows if row.configuration == configuration]
        return rows if suite is None else [row for row in rows if row.suite == suite]

    @property
    def by_configuration(self) -> dict[str, list[Row]]:
        """The rows of each."""
        return {name: self.of(name) for name in self.configurations}


def read(folder: Path) -> Run:
    """The run in a folder, or in a file of results.

    Raises:
        UsageError: there is none, or it is not one of ours.
    """
    path = folder / FILE if folder.is_dir() else folder
    try:
        first, *rest = path.read_text(encoding="utf-8").splitlines()
        return Run(json.loads(first)["about"], tuple(row_of(json.loads(line)) for line in _whole(rest)))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UsageError(
            f"{folder} has no results of an eval run: {error}", "give the --out folder of a run"
        ) from error


@contextmanager
def writing(folder: Path, about: Mapping[str, Any], resume: bool) -> Iterator[tuple[TextIO, set[Key]]]:
    """The open file and the keys of the rows that are there already; rows without an answer are asked again.

    Raises:
        UsageError: ``resume`` on results of something else.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / FILE
    kept: list[Row] = []
    if resume and path.exists():
        before = read(folder)
        _check_same(before.about, about, folder)
        kept = [row for row in before.rows if row.status in JUDGED]
    with path.open("w", encoding="utf-8") as file:
        file.write(json.dumps({"about": about}, ensure_ascii=False) + "\n")
        file.flush()
        for row in kept:
            write(file, row)
        yield file, {row.key for row in kept}


def write(file: TextIO, row: Row) -> None:
    """Append a row, at once."""
    file.write(json.dumps(row.as_dict(), ensure_ascii=False) + "\n")
    file.flush()


def _whole(lines: list[str]) -> list[str]:
    """Without a last line that a killed run left half."""
    try:
        json.loads(lines[-1] if lines else "0")
    except ValueError:
        return lines[:-1]
    return lines


def _check_same(before: Mapping[str, Any], now: Mapping[str, Any], folder: Path) -> None:
    if changed := [name for name in SAME if before.get(name) != now.get(name)]:
        raise UsageError(
            f"the run in {folder} had other {', '.join(changed)}", "run without --resume, or into another --out folder"
        )
