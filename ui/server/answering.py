"""Answers one visitor among many: waits in line, works in a thread, and ends when the reader leaves."""

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import Depends, Request

from assistant.events import Done, Event, Sources, Status
from assistant.models.call import Stop
from assistant.phrases import phrase
from assistant.question import Question
from knowledge.hit import Hit
from ui.api.held import Held
from ui.api.leaving import until_left
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
    stop, hits = Stop(), tuple[Hit, ...]()
    async for event in until_left(service.assistant.events(question, model, stop, ticket.client), stop):
        if isinstance(event, Sources):
            hits = event.hits
        if isinstance(event, Done):
            service.metrics.answered(event.answer)
            if service.spans:
                service.spans.answered(event.answer, hits, service.assistant.searcher.generation)
        yield event
