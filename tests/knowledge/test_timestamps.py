"""Timestamps are compared as texts."""

from datetime import datetime, timedelta

from knowledge.timestamps import days_ago, now


def test_the_later_one_is_the_greater_text() -> None:
    assert days_ago(400) < days_ago(30) < days_ago(1) < now()


def test_it_is_a_whole_second_in_utc() -> None:
    read = datetime.fromisoformat(now())
    assert read.utcoffset() == timedelta(0)
    assert read.microsecond == 0
