"""Answers one visitor among many: waits in line, works in a thread, and ends when the reader leaves."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable, Coroutine, Generator
from contextlib import closing, suppress
from typing import Annotated, Any

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


async def answered(
    service: Service, ticket: Ticket, question: Question, model: str | None
) -> AsyncIterator[list[Event]]:
    """The events of an answer, those of waiting in line first; each time all that have come in meanwhile.

    Raises:
        UsageError: ``model`` is one that is not configured.
    """
    async for place in service.line.places(ticket):
        yield [Status(phrase("in_line", question.language, place=place), place)]
    hits = tuple[Hit, ...]()
    async for made in _until_left(service.assistant.events(question, model, ticket.stop, ticket.client), ticket.stop):
        for event in made:
            if isinstance(event, Sources):
                hits = event.hits
            if isinstance(event, Done):
                service.metrics.answered(event.answer)
                if service.spans:
                    service.spans.answered(event.answer, hits, service.assistant.searcher.generation)
        yield made


async def finished(request: Request, work: Coroutine[Any, Any, None]) -> bool:
    """Wait for ``work``; False where whoever sent ``request`` has left before its end, and then it is cancelled.

    For what answers at its end alone; a stream ends with its reader by itself.
    """
    tasks = working, leaving = asyncio.ensure_future(work), asyncio.ensure_future(_left(request))
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        if working.done():
            working.result()
        return working.done()
    finally:
        working.cancel()
        leaving.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _left(request: Request) -> None:
    """Returns once the sender has hung up; the body was read before."""
    while (await request.receive())["type"] != "http.disconnect":
        pass


async def _until_left(events: Generator[Event], stop: Stop) -> AsyncIterator[list[Event]]:
    """The events, made in a thread; when the reader leaves, a model that is still silent is hung up at once."""
    loop, made, came = asyncio.get_running_loop(), deque[Event](), asyncio.Event()

    def put(event: Event) -> None:
        made.append(event)
        with suppress(RuntimeError):  # the server has ended meanwhile
            loop.call_soon_threadsafe(came.set)

    thread = asyncio.ensure_future(to_thread.run_sync(_make, events, stop, put, abandon_on_cancel=True))
    thread.add_done_callback(lambda _: came.set())
    try:
        while not thread.done() or made:
            await came.wait()
            came.clear()
            if here := [made.popleft() for _ in range(len(made))]:
                yield here
        await thread
    finally:
        stop.set()
        thread.cancel()


def _make(events: Generator[Event], stop: Stop, put: Callable[[Event], None]) -> None:
    """All events until nobody waits for them."""
    with closing(events):
        for event in events:
            put(event)
            if stop.is_set:
                break
