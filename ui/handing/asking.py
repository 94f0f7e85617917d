"""Asking: inquiries answered by a base opened here, or by the server that has it open."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager
from typing import Any, TypeVar

from knowledge.errors import DataFolderError, ServerHolds
from knowledge.settings import Setting, data_folder
from ui.handing.inquiries import Ask, Inquiry, Search, written
from ui.opened import open_assistant, open_base
from ui.terminal import console

Opened = TypeVar("Opened")


@contextmanager
def answering(settings: Mapping[str, Setting], purpose: str) -> Iterator[Callable[[Ask], dict[str, Any]]]:
    """What answers."""
    with _unless_served(open_assistant(settings, purpose)) as assistant:
        yield lambda inquiry: inquiry.done(assistant) if assistant else _handed(inquiry, settings)


@contextmanager
def searching(settings: Mapping[str, Setting], purpose: str) -> Iterator[Callable[[Search], dict[str, Any]]]:
    """What finds passages."""
    with _unless_served(open_base(settings, purpose)) as knowledge:
        searcher = knowledge.searcher() if knowledge else None
        yield lambda inquiry: inquiry.done(searcher) if searcher else _handed(inquiry, settings)


@contextmanager
def _unless_served(opening: AbstractContextManager[Opened]) -> Iterator[Opened | None]:
    """What is opened; None where a server has it."""
    with ExitStack() as stack:
        try:
            opened = stack.enter_context(opening)
        except ServerHolds:
            console.note("a server has the data folder open; it answers with its own settings")
            opened = None
        yield opened


def _handed(inquiry: Inquiry, settings: Mapping[str, Setting]) -> dict[str, Any]:
    from ingest.handoff import QUESTIONS, hand_over
    from ingest.progress import quiet

    said = hand_over(written(inquiry), data_folder(settings), QUESTIONS, quiet)
    if said is None:
        raise DataFolderError("the server that had the data folder open has ended", "run the same command again")
    return said
