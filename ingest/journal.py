"""Journal: when each source was last brought in step and what came of it, in a file of the data folder.

Nothing depends on it: an owner reads it, and a damaged one is begun anew.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Self

from ingest.report import Report, loss_in_words
from knowledge import json_file
from knowledge.timestamps import now

FILE = "syncs.json"


@dataclass(frozen=True, slots=True)
class Sync:
    """The last sync of a source: when it ended (ISO 8601, UTC), counts of articles, what was held back, or ``""``."""

    at: str
    added: int
    changed: int
    removed: int
    unchanged: int
    rejected: int
    held: str

    @classmethod
    def of(cls, report: Report) -> Self:
        """One that ends now, of a report on that source alone."""
        held = "; ".join(map(loss_in_words, report.held))
        counts = (report.added, report.changed, report.removed, report.unchanged, len(report.rejected))
        return cls(now(), *counts, held)


def read(folder: Path) -> dict[str, Sync]:
    """The last sync by source; nothing where nothing, or nothing of ours, is there."""
    try:
        return {key: Sync(**row) for key, row in json_file.read(folder / FILE).items()}
    except (TypeError, AttributeError):
        return {}


def note(folder: Path, key: str, report: Report) -> None:
    """Enter a sync that has just ended."""
    _write(folder, {**read(folder), key: Sync.of(report)})


def forget(folder: Path, key: str) -> None:
    """Drop a source that was removed."""
    _write(folder, {other: sync for other, sync in read(folder).items() if other != key})


def _write(folder: Path, syncs: Mapping[str, Sync]) -> None:
    json_file.write(folder / FILE, {key: asdict(sync) for key, sync in syncs.items()})
