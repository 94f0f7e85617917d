"""Progress: how far an ingest is, told at the borders of documents, where a run may also be ended."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from knowledge.timestamps import now


@dataclass(frozen=True, slots=True)
class Step:
    """``doing`` is what is counted (``pages fetched``, ``articles written``); ``total`` is None where nobody knows."""

    doing: str
    done: int
    total: int | None = None
    computed: int | None = None

    def __str__(self) -> str:
        """The step as a line: ``64 of 200 articles written, 120 chunks embedded``."""
        of = f" of {self.total}" if self.total is not None else ""
        embedded = f", {self.computed} chunks embedded" if self.computed is not None else ""
        return f"{self.done}{of} {self.doing}{embedded}"


@dataclass(frozen=True, slots=True)
class Running:
    """A run that goes on: since when (ISO 8601, UTC), its last step, and when what that step counts was begun."""

    since: str = field(default_factory=now)
    step: Step | None = None
    begun: float = 0.0

    def at(self, step: Step) -> "Running":
        """The run at its next step."""
        same = self.step is not None and self.step.doing == step.doing and self.step.done <= step.done
        return replace(self, step=step, begun=self.begun if same else time.monotonic())

    @property
    def rate(self) -> float:
        """What the step counts, a second; 0 where nothing can be said yet."""
        seconds = time.monotonic() - self.begun
        return self.step.done / seconds if self.step and self.begun and seconds > 1 else 0.0


# May raise to end the run: what was written up to here is whole.
Progress = Callable[[Step], None]


def quiet(_step: Step) -> None:
    """Tell nobody."""
