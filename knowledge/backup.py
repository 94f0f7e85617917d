"""Backup: copies of a data folder's databases, taken while a server or an ingest goes on.

By SQLite's online backup, so each copy is whole. Vectors are not copied: they are made again from the catalogue, and
out of the cache of embeddings without computing any.
"""

import sqlite3
from contextlib import closing
from pathlib import Path

from knowledge.catalogue import FILE
from knowledge.errors import DataFolderError, UsageError

# What a base consists of, less what is made again or fetched again.
FILES = (FILE, "embeddings.sqlite", "fetched.sqlite")


def backup(folder: Path, target: Path) -> list[Path]:
    """Copy the databases of ``folder`` into ``target``; returns the copies.

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
    for name in FILES:
        if (source / name).exists():
            made.append(target / name)
            try:
                with closing(sqlite3.connect(source / name)) as one, closing(sqlite3.connect(target / name)) as other:
                    one.backup(other)
            except sqlite3.Error as error:
                raise DataFolderError(
                    f"{source / name} cannot be copied to {target}: {error}", "check the room there and the file here"
                ) from error
    return made
