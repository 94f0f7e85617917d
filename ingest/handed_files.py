"""The files that two processes hand each other: JSON values, each there whole or not at all."""

import json
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

# Seconds between two looks for a file.
POLL_SECONDS = 0.1


def put(place: Path, value: Mapping[str, Any]) -> None:
    """Write a file whole or not at all."""
    draft = place.with_suffix(f"{place.suffix}.draft")
    try:
        draft.write_text(json.dumps(value), encoding="utf-8")
        draft.replace(place)
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)


def clear(place: Path, *suffixes: str) -> None:
    """Take away what can be; the rest goes when the next server comes."""
    for suffix in suffixes:
        with suppress(OSError):
            place.with_suffix(suffix).unlink(missing_ok=True)


def read(place: Path) -> dict[str, Any]:
    """What a file holds; nothing where there is none."""
    try:
        found: dict[str, Any] = json.loads(place.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    return found
