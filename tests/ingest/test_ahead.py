"""The next is made while the last is used, in order; what goes wrong there is told here, and nothing runs on."""

import threading
from collections.abc import Iterator
from contextlib import closing

import pytest

from ingest.ahead import ahead


def test_the_next_is_made_while_the_last_is_used() -> None:
    second = threading.Event()

    def made() -> Iterator[int]:
        yield 1
        second.set()
        yield 2

    with closing(ahead(made())) as things:
        assert next(things) == 1
        assert second.wait(5)
        assert list(things) == [2]


def test_one_at_most_is_made_in_advance() -> None:
    made: list[int] = []
    with closing(ahead(made.append(number) or number for number in range(9))) as things:  # type: ignore[func-returns-value]
        assert next(things) == 0
    assert made == [0, 1]


def test_what_goes_wrong_in_the_making_is_told_where_it_is_used() -> None:
    def made() -> Iterator[int]:
        yield 1
        raise OSError("disk full")

    with closing(ahead(made())) as things:
        assert next(things) == 1
        with pytest.raises(OSError, match="disk full"):
            next(things)


def test_no_thread_is_left_when_it_is_closed_half_way() -> None:
    before = threading.active_count()
    with closing(ahead(iter(range(9)))) as one, closing(ahead(iter(one))) as other:
        assert next(other) == 0
    assert threading.active_count() == before
