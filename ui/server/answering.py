"""Answers one visitor among many: waits in line, works in a thread, and ends when the reader leaves."""

import asyncio
from collections.abc import AsyncIterator, Callable, Generator
from contextlib import closing, suppress
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


async def _until_left(events: Generator[Event], stop: Stop) -> AsyncIterator[Event]:
    """The events, made in a thread; when the reader leaves, a model that is still silent is hung up at once."""
    loop, made = asyncio.get_running_loop(), asyncio.Queue[Event | None]()

    def put(event: Event | None) -> None:
        with suppress(RuntimeError):  # the server has ended meanwhile
            loop.call_soon_threadsafe(lambda: made.put_nowait(event))

    thread = asyncio.ensure_future(to_thread.run_sync(_make, events, stop, put, abandon_on_cancel=True))
    try:
        while (event := await made.get()) is not None:
            yield event
        await thread
    finally:
        stop.set()
        thread.cancel()


def _make(events: Generator[Event], stop: Stop, put: Callable[[Event | None], None]) -> None:
    """All events until nobody waits for them, then None."""
    try:
        with closing(events):
            for event in events:
                put(event)
                if stop.is_set:
                    break
    finally:
        put(None)
