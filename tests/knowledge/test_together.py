"""Calls at the same time are one call; each gets its own result, and an error reaches all of its batch."""

import threading
from collections.abc import Callable

import pytest

from knowledge.together import Together

WAIT = 20


class Recorder:
    """Squares numbers; ``gate`` holds the first batch until the others have queued up."""

    def __init__(self) -> None:
        self.batches: list[list[int]] = []
        self.begun = threading.Event()
        self.gate = threading.Event()

    def __call__(self, numbers: list[int]) -> list[int]:
        """Record and square."""
        self.batches.append(numbers)
        self.begun.set()
        self.gate.wait(WAIT)
        if -1 in numbers:
            raise ValueError("no negative numbers")
        return [number * number for number in numbers]


def in_threads(together: Together[int, int], numbers: list[int], results: dict[int, object]) -> list[threading.Thread]:
    def ask(number: int) -> None:
        try:
            results[number] = together(number)
        except ValueError as error:
            results[number] = str(error)

    threads = [threading.Thread(target=ask, args=(number,)) for number in numbers]
    for thread in threads:
        thread.start()
    return threads


@pytest.fixture
def queued() -> Callable[..., tuple[Recorder, dict[int, object]]]:
    """Asks 0 alone, then the given numbers while 0 is being worked on."""

    def run(numbers: list[int], most: int = 32) -> tuple[Recorder, dict[int, object]]:
        work, results = Recorder(), dict[int, object]()
        together = Together(work, most)
        threads = in_threads(together, [0], results)
        assert work.begun.wait(WAIT)
        threads += in_threads(together, numbers, results)
        while len(together._waiting) < len(numbers):
            threads[0].join(0.01)
        work.gate.set()
        for thread in threads:
            thread.join(WAIT)
        return work, results

    return run


def test_what_comes_in_meanwhile_is_one_batch_and_each_gets_its_own(
    queued: Callable[..., tuple[Recorder, dict[int, object]]],
) -> None:
    work, results = queued(list(range(1, 17)))
    assert results == {number: number * number for number in range(17)}
    assert [len(batch) for batch in work.batches] == [1, 16]


def test_a_batch_is_no_larger_than_allowed(queued: Callable[..., tuple[Recorder, dict[int, object]]]) -> None:
    work, results = queued(list(range(1, 8)), most=3)
    assert [len(batch) for batch in work.batches] == [1, 3, 3, 1]
    assert len(results) == 8


def test_an_error_reaches_everyone_in_its_batch_and_nobody_else(
    queued: Callable[..., tuple[Recorder, dict[int, object]]],
) -> None:
    _, results = queued([-1, 2])
    assert results == {0: 0, -1: "no negative numbers", 2: "no negative numbers"}
