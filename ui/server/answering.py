"""Answers one visitor among many: waits in line, works in a thread, and ends when the reader leaves."""

from collections.abc import AsyncIterator, Iterator
from typing import Annotated

from anyio import to_thread
from fastapi import Depends, Request

from assistant.events import Done, Event, Sources, Status
from assistant.models.call import Stop
from assistant.phrases import phrase
from assistant.question import Question
from knowledge.hit import Hit
from ui.server.held import Held
from ui.server.line import Ticket
from ui.server.service import Service
from ui.server.visitors import visitor


async def _in_line(request: Request, service: Held) -> AsyncIterator[Ticket]:
    with service.line.ticket(visitor(request)) as ticket:
        yield ticket


# As a parameter of a route: taken before the response begins, so that a full line is a status, given back after it.
InLine = Annotated[Ticket, Depends(_in_line)]


async def answered(service: Service, ticket: Ticket, question: Question, model: str | None) -> AsyncIterator[Event]:
    """The events of an answer, those of waiting in line first.

    Raises:
        UsageError: ``model`` is one that is not configured.
    """
    async for place in service.line.places(ticket):
        yield Status(phrase("in_line", question.language, place=place), place)
    hits = tuple[Hit, ...]()
    async for event in _until_left(service.assistant.events(question, model, ticket.stop, ticket.client), ticket.stop):
        if isinstance(event, Sources):
            hits = event.hits
        if isinstance(event, Done):
            service.metrics.answered(event.answer)
            if service.spans:
                service.spans.answered(event.answer, hits, service.assistant.searcher.generation)
        yield event


async def _until_left(events: Iterator[Event], stop: Stop) -> AsyncIterator[Event]:
    """The events, each made in a thread; when the reader leaves, a model that is still silent is hung up at once."""
    try:
        while (event := await to_thread.run_sync(next, events, None, abandon_on_cancel=True)) is not None:
            yield event
    finally:
        stop.set()
