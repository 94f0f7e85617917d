"""Progress: how far an ingest is, told at the borders of documents, where a run may also be ended."""

from collections.abc import Callable
from dataclasses import dataclass


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


# May raise to end the run: what was written up to here is whole.
Progress = Callable[[Step], None]


def quiet(_step: Step) -> None:
    """Tell nobody."""
