"""Timestamps as they are kept: ISO 8601 in UTC, to the second, so that the later one is the greater text."""

from datetime import UTC, datetime, timedelta


def now() -> str:
    """This second."""
    return days_ago(0)


def days_ago(days: int) -> str:
    """The same second, so many days before."""
    return (datetime.now(UTC) - timedelta(days=days)).isoformat(timespec="seconds")
