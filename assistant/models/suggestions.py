"""Which model fits a machine: a small table, read from ``suggestions.toml``, and the machine's memory."""

import os
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources

# The first of these that fits is the one to take; on a processor alone a bigger one makes visitors wait.
PREFERRED = ("qwen3.5:4b", "llama3.2:3b", "llama3.2:1b")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """``disk_gb`` is what a pull fetches, ``memory_gb`` what the machine should have in all (10^9 bytes)."""

    name: str
    disk_gb: float
    memory_gb: float
    licence: str
    why: str

    def fits(self, memory_gb: float) -> bool:
        """On a machine with so much? One sold with 8 GB reports a little less, so a tenth may be missing."""
        return self.memory_gb * 0.9 <= memory_gb


def suggestions() -> list[Suggestion]:
    """All that we know of, smallest first."""
    table = tomllib.loads(resources.files("assistant.models").joinpath("suggestions.toml").read_text("utf-8"))
    return sorted((Suggestion(**row) for row in table["model"]), key=lambda one: one.memory_gb)


def machine_memory_gb() -> float:
    """Memory of this machine, in 10^9 bytes."""
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9


def recommended(known: Sequence[Suggestion], memory_gb: float) -> Suggestion | None:
    """The one to take on a machine with so much memory; None when it has too little for any."""
    fitting = {one.name: one for one in known if one.fits(memory_gb)}
    return next((fitting[name] for name in PREFERRED if name in fitting), None)
