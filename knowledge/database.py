"""The catalogue's database file: opened, made where it is not there, refused where it is not ours."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DatabaseError

from knowledge.errors import DataFolderError, IndexBusy
from knowledge.schema import FULL_TEXT, SCHEMA_VERSION, metadata

# Connections kept open; there is no most, since a thread that waits for one while it holds another would wait for ever.
KEPT = 16


def open_database(file: Path) -> Engine:
    """The SQLite file, its tables made where it is new.

    Raises:
        IndexBusy: another process writes it right now.
        DataFolderError: another schema, or no database.
    """
    engine = create_engine(URL.create("sqlite", database=str(file)), pool_size=KEPT, max_overflow=-1)
    event.listen(engine, "connect", _configure)
    try:
        with engine.begin() as connection:
            version = connection.scalar(text("PRAGMA user_version")) or 0
            if version not in (0, SCHEMA_VERSION):
                raise DataFolderError(
                    f"{file} has schema {version}; this Footnote reads {SCHEMA_VERSION}",
                    "use the Footnote that wrote it, or ingest into another --data-dir",
                )
            metadata.create_all(connection)  # also tables that an earlier version did not have
            if version == 0:
                for statement in FULL_TEXT:
                    connection.execute(text(statement))
                connection.execute(text(f"PRAGMA user_version = {SCHEMA_VERSION}"))
    except DatabaseError as error:
        if "locked" in str(error.orig):
            raise IndexBusy(f"the catalogue {file} is being written", "try again in a moment") from error
        raise DataFolderError(f"the catalogue {file} cannot be opened: {error.orig}", _remedy(file)) from error
    return engine


def rows(connection: Connection, query: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    """Rows as SQLite's own driver gives them, for what every question reads.

    SQLAlchemy's statement and result cost more there than the read itself.
    """
    driver: Any = connection.connection.driver_connection
    found: list[tuple[Any, ...]] = driver.execute(query, values).fetchall()
    return found


def _remedy(file: Path) -> str:
    if os.access(file.parent, os.W_OK) and os.access(file, os.W_OK):
        return "restore it from a backup, or delete the data folder and ingest again"
    return "it may only be read: mend the permissions of its folder, or give a copy with --data-dir"


def _configure(connection: Any, _record: object) -> None:
    """WAL lets readers go on while a writer works; SQLite leaves foreign keys off unless told."""
    for pragma in ("journal_mode = WAL", "foreign_keys = ON", "synchronous = NORMAL", "busy_timeout = 10000"):
        connection.execute(f"PRAGMA {pragma}")
