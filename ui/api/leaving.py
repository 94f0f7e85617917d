"""A reader who leaves: the events of an answer, awaited so that nobody works on for somebody who is gone."""

from collections.abc import AsyncIterator, Iterator

from anyio import to_thread

from assistant.events import Event
from assistant.models.call import Stop


async def until_left(events: Iterator[Event], stop: Stop) -> AsyncIterator[Event]:
    """The events, each made in a thread; when the reader leaves, a model that is still silent is hung up at once."""
    try:
        while (event := await to_thread.run_sync(next, events, None, abandon_on_cancel=True)) is not None:
            yield event
    finally:
        stop.set()
