"""Batches: what is written in one go."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

Thing = TypeVar("Thing")

# Articles. Enough chunks for full embedding batches sorted by length, little to redo after a kill.
BATCH = 32


def batches(things: Iterable[Thing]) -> Iterator[list[Thing]]:
    """``BATCH`` at a time, in order."""
    iterator = iter(things)
    while batch := list(islice(iterator, BATCH)):
        yield batch
