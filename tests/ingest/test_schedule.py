"""When an ingest that is left running looks again."""

import threading
from pathlib import Path

import pytest

from ingest.schedule import interval, turns
from knowledge.errors import UsageError


@pytest.mark.parametrize(
    ("given", "seconds"), [("30s", 30), ("5m", 300), ("6h", 21600), ("1d", 86400), (" 6 H ", 21600)]
)
def test_an_interval_is_a_number_and_a_unit(given: str, seconds: float) -> None:
    assert interval(given) == seconds


@pytest.mark.parametrize("given", ["", "6", "h", "6 hours", "-1h", "0h", "1.5h"])
def test_what_is_no_interval_is_repeated(given: str) -> None:
    with pytest.raises(UsageError, match="is no interval"):
        interval(given)


def test_without_a_reason_to_go_on_there_is_one_turn() -> None:
    assert len(list(turns([], None, threading.Event()))) == 1


def test_the_clock_gives_turns_until_the_wish_to_end() -> None:
    wish = threading.Event()
    seen = 0
    for _ in turns([], 0.001, wish):
        seen += 1
        if seen == 3:
            wish.set()
    assert seen == 3


def test_a_change_in_a_folder_gives_a_turn(articles: Path) -> None:
    wish = threading.Event()
    waiting = turns([articles], None, wish)
    next(waiting)
    timer = threading.Timer(0.5, lambda: (articles / "new.md").write_text("Text."))
    timer.start()
    next(waiting)
    assert (articles / "new.md").exists()
    wish.set()
    assert list(waiting) == []
    timer.join()
