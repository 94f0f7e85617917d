"""Backup: copies of a data folder's files, taken while a server or an ingest goes on.

Databases by SQLite's online backup, so each copy is whole; JSON files are never half written. Vectors are not copied:
they are made again from the catalogue, and out of the cache of embeddings without computing any.
"""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from knowledge.catalogue import FILE
from knowledge.errors import DataFolderError, UsageError

# What a base consists of, less what is made again or fetched again.
DATABASES = (FILE, "embeddings.sqlite", "fetched.sqlite")
# What was found after ingests, and when sources were brought in step.
NOTES = ("canaries.json", "gaps.json", "syncs.json")


def backup(folder: Path, target: Path) -> list[Path]:
    """Copy databases and notes of ``folder`` into ``target``; returns the copies.

    Raises:
        DataFolderError: there is no catalogue, or it cannot be copied.
    """
    if not (folder / FILE).exists():
        raise DataFolderError(f"there is no knowledge base in {folder}", "give its folder with --data-dir")
    return _copied(folder, target)


def restore(source: Path, folder: Path) -> list[Path]:
    """Copy a backup into a data folder without a base; the index is to be rebuilt then.

    Raises:
        UsageError: ``source`` is no backup, or ``folder`` has a base.
    """
    if not (source / FILE).exists():
        raise UsageError(f"{source} is no backup: it has no {FILE}", "give a folder that `footnote index backup` made")
    if (folder / FILE).exists():
        raise UsageError(f"{folder} has a knowledge base already", "restore into another --data-dir, or move it away")
    return _copied(source, folder)


def _copied(source: Path, target: Path) -> list[Path]:
    target.mkdir(parents=True, exist_ok=True)
    made = []
    for name in (*DATABASES, *NOTES):
        if (source / name).exists():
            made.append(target / name)
            try:
                (_copy if name in DATABASES else shutil.copyfile)(source / name, target / name)
            except (OSError, sqlite3.Error) as error:
                raise DataFolderError(
                    f"{source / name} cannot be copied to {target}: {error}", "check the room there and the file here"
                ) from error
    return made


def _copy(source: Path, target: Path) -> None:
    with closing(sqlite3.connect(source)) as one, closing(sqlite3.connect(target)) as other:
        one.backup(other)
