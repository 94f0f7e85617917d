"""What a server says of its wish to be left alone: seconds, a date, or nothing that can be read."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from assistant.models.connection import seconds_until


def test_seconds_are_taken_as_they_are() -> None:
    assert seconds_until("30") == 30
    assert seconds_until(" 7 ") == 7


def test_a_date_is_so_far_away() -> None:
    later = format_datetime(datetime.now(UTC) + timedelta(seconds=90), usegmt=True)
    assert 80 < seconds_until(later) <= 90
    assert seconds_until("Wed, 21 Oct 2015 07:28:00 GMT") == 0


@pytest.mark.parametrize(
    "word", ["", "soon", "-5", "1.5", "Wed, 21 Oct 2065 07:28:00", "Wed, 99 Oct 2065 07:28:00 GMT"]
)
def test_what_is_neither_asks_for_nothing(word: str) -> None:
    assert seconds_until(word) == 0
