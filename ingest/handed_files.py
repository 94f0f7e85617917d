"""The files that two processes hand each other: JSON values, written by ``knowledge.json_file``."""

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

# Seconds between two looks for a file.
POLL_SECONDS = 0.1


def clear(place: Path, *suffixes: str) -> None:
    """Take away what can be; the rest goes when the next server comes."""
    for suffix in suffixes:
        with suppress(OSError):
            place.with_suffix(suffix).unlink(missing_ok=True)


def read(place: Path) -> dict[str, Any]:
    """What a file holds; nothing where there is none. One that may not be read is an OSError, not waited for."""
    try:
        found: dict[str, Any] = json.loads(place.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    return found
