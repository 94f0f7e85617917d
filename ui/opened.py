"""Opening a knowledge base for a command, with the owner's settings, and closing it."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from knowledge.errors import IndexEmpty
from knowledge.settings import Setting, Value, data_folder
from ui.settings import load

if TYPE_CHECKING:
    from assistant.chain import Assistant
    from knowledge.catalogue import Catalogue
    from knowledge.wiring import Knowledge


def settings_for(data_dir: Path | None, **given: Value | None) -> dict[str, Setting]:
    """Settings with what the command line gave."""
    return load({"data_dir": str(data_dir) if data_dir else None, **given})


def give_way() -> None:
    """Let everything else on this machine go first: alone, an ingest still takes all cores.

    A priority rather than fewer threads: one thread less would halve an ingest on two cores; this about halves a
    question's p95 beside it, and costs the ingest little (``benchmarks/beside.py``).
    """
    from ingest.desk import BACKGROUND

    os.setpriority(os.PRIO_PROCESS, 0, BACKGROUND)


@contextmanager
def open_base(settings: Mapping[str, Setting], purpose: str) -> Iterator["Knowledge"]:
    """The base of these settings, for this process alone while the block runs."""
    from knowledge.wiring import open_knowledge

    knowledge = open_knowledge(data_folder(settings), str(settings["embedder"].value), purpose)
    try:
        yield knowledge
    finally:
        knowledge.close()


@contextmanager
def open_assistant(settings: Mapping[str, Setting], purpose: str) -> Iterator["Assistant"]:
    """An assistant over that base."""
    from assistant.wiring import make_assistant

    with open_base(settings, purpose) as knowledge:
        yield make_assistant(knowledge, settings)


@contextmanager
def open_catalogue(folder: Path) -> Iterator["Catalogue"]:
    """The catalogue alone, also beside a running server: SQLite allows it, and Chroma is not touched.

    Raises:
        IndexEmpty: the data folder has none.
    """
    from knowledge.catalogue import FILE, Catalogue

    if not (folder / FILE).exists():
        raise IndexEmpty(f"there is no knowledge base in {folder}", "run `footnote ingest`, or give another --data-dir")
    catalogue = Catalogue(folder)
    try:
        yield catalogue
    finally:
        catalogue.close()
