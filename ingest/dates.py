"""Dates in running text: 2026-03-01, 1 March 2026, March 1, 2026, 1 maart 2026."""

import re
from datetime import date

MONTHS = {
    name[:3]: number
    for names in (
        "january february march april may june july august september october november december",
        "januari februari maart april mei juni juli augustus september oktober november december",
    )
    for number, name in enumerate(names.split(), 1)
} | {"mrt": 3}
ISO = re.compile(r"\b(\d{4})-(\d{1,2})-(\d{1,2})\b")
DAY_FIRST = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)?\s+([a-z]{3,9})\.?,?\s+(\d{4})\b", re.IGNORECASE)
MONTH_FIRST = re.compile(r"\b([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})\b", re.IGNORECASE)


def day(text: str) -> str | None:
    """The first date in ``text`` as ISO 8601, or None."""
    for year, month, number in _candidates(text):
        try:
            return date(int(year), int(month), int(number)).isoformat()
        except ValueError:
            continue
    return None


def _candidates(text: str) -> list[tuple[str, int | str, str]]:
    """Year, month and day as they are written."""
    found: list[tuple[str, int | str, str]] = [(m[1], m[2], m[3]) for m in ISO.finditer(text)]
    found += [(m[3], MONTHS.get(m[2].lower()[:3], 0), m[1]) for m in DAY_FIRST.finditer(text)]
    return found + [(m[3], MONTHS.get(m[1].lower()[:3], 0), m[2]) for m in MONTH_FIRST.finditer(text)]
