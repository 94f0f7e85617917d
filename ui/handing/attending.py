"""Attending: a server does what commands hand over."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from ui.handing import inquiries, orders
from ui.stopping import stopping_when

if TYPE_CHECKING:
    from assistant.chain import Assistant
    from ingest.desk import Desk, Ended
    from ingest.progress import Progress
    from knowledge.wiring import Knowledge


@contextmanager
def attending(knowledge: "Knowledge", assistant: "Assistant") -> Iterator["Desk"]:
    """Do what commands hand over, while the block runs; yields the desk that knows how far an order is."""
    from ingest.desk import BACKGROUND, Desk
    from ingest.handoff import ORDERS, QUESTIONS
    from ingest.order import read

    def changed(given: Mapping[str, Any], progress: "Progress", _ended: "Ended") -> dict[str, Any]:
        return asdict(orders.done(read(given), knowledge, lambda: assistant, progress))

    def asked(given: Mapping[str, Any], _progress: "Progress", ended: "Ended") -> dict[str, Any]:
        inquiry = inquiries.read(given)
        if isinstance(inquiry, inquiries.Search):
            return inquiry.done(assistant.searcher)
        with stopping_when(ended) as stop:
            return inquiry.done(assistant, stop)

    desk = Desk(knowledge.folder, ORDERS, changed, BACKGROUND)
    with desk, Desk(knowledge.folder, QUESTIONS, asked):
        yield desk
