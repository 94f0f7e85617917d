"""Backup: copies of a data folder's files, taken while a server or an ingest goes on.

Databases by SQLite's online backup, so each copy is whole; JSON files are never half written, glossaries are the
owner's own. Vectors are not copied: they are made again from the catalogue, and out of the cache of embeddings without
computing any.
"""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from knowledge.catalogue import FILE
from knowledge.errors import DataFolderError, UsageError
from knowledge.glossary import FOLDER as GLOSSARIES

# What a base consists of, less what is made again or fetched again.
DATABASES = (FILE, "embeddings.sqlite", "fetched.sqlite")
# What was found after ingests, and when sources were brought in step.
NOTES = ("canaries.json", "gaps.json", "syncs.json")


def backup(folder: Path, target: Path) -> list[Path]:
    """Copy databases, notes and glossaries of ``folder`` into ``target``; returns the copies.

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
    glossaries = (file.relative_to(source) for file in sorted((source / GLOSSARIES).glob("*.txt")))
    names = [name for name in (*map(Path, (*DATABASES, *NOTES)), *glossaries) if (source / name).exists()]
    for name in names:
        try:
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            (_copy if name.name in DATABASES else shutil.copyfile)(source / name, target / name)
        except (OSError, sqlite3.Error) as error:
            raise DataFolderError(
                f"{source / name} cannot be copied to {target}: {error}", "check the room there and the file here"
            ) from error
    return [target / name for name in names]


def _copy(source: Path, target: Path) -> None:
    with closing(sqlite3.connect(source)) as one, closing(sqlite3.connect(target)) as other:
        one.backup(other)
