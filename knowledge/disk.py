"""A disk that is full or cannot be written, told as what it is, whichever database noticed."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import OperationalError

from knowledge.errors import DataFolderError


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Turn what a full or read-only disk raises into an error for people.

    Raises:
        DataFolderError: ``folder`` could not be written in the block.
    """
    try:
        yield
    except (OSError, sqlite3.OperationalError, OperationalError) as error:
        reason = error.orig if isinstance(error, OperationalError) else error
        raise DataFolderError(
            f"the data folder {folder} could not be written: {reason}",
            "make room or mend its permissions and run it again; until then the base answers as before",
        ) from error
