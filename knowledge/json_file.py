"""Small JSON files of the data folder: read leniently where nothing depends on them, written whole or not at all."""

import json
from contextlib import suppress
from pathlib import Path
from typing import Any


def read(path: Path) -> Any:
    """What stands there; None where nothing is, or nothing that can be read."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def write(path: Path, value: Any) -> None:
    """By a draft that takes the file's place, so that no reader and no crash meets half of it.

    Raises:
        OSError: it cannot be written; what stood there stays.
    """
    draft = path.with_name(f"{path.name}.draft")
    try:
        draft.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        draft.replace(path)
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
