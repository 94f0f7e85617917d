"""A response of server-sent events, with comments while it is silent, so that no proxy takes it for dead."""

import asyncio
from collections.abc import AsyncIterator
from time import monotonic
from typing import Any

import orjson
from fastapi.responses import StreamingResponse
from starlette.types import Message, Send

# Seconds of silence before a comment; proxies give up after 30 to 60.
SILENCE = 15.0
# No cache keeps it, and nginx hands on what it has.
HEADERS = {"Cache-Control": "no-cache", "X-Accel-Buffering": "no"}
PING: Message = {"type": "http.response.body", "body": b": ping\n\n", "more_body": True}
# What OpenAPI says of a route that answers so.
ITEM = {
    "type": "object",
    "required": ["data"],
    "properties": {"event": {"type": "string"}, "data": {"type": "string", "contentMediaType": "application/json"}},
}
DOCUMENTED: dict[int | str, dict[str, Any]] = {200: {"content": {"text/event-stream": {"itemSchema": ITEM}}}}


class EventStream(StreamingResponse):
    """``events`` are texts as ``event`` makes them; when the reader leaves, the iterator is cancelled."""

    media_type = "text/event-stream"

    def __init__(self, events: AsyncIterator[str], silence: float = SILENCE) -> None:
        super().__init__(events, headers=HEADERS)
        self._silence = silence
        self._spoken = monotonic()
        self._more = True

    async def stream_response(self, send: Send) -> None:
        """All events, and a ping whenever nothing was sent for ``silence`` seconds."""

        async def sent(message: Message) -> None:
            self._spoken, self._more = monotonic(), message.get("more_body", True)
            await send(message)

        pings = asyncio.ensure_future(self._ping(sent))
        try:
            await super().stream_response(sent)
        finally:
            pings.cancel()

    async def _ping(self, send: Send) -> None:
        while self._more:
            silent = monotonic() - self._spoken
            if silent >= self._silence:
                await send(PING)
            else:
                await asyncio.sleep(self._silence - silent)


def event(data: Any, name: str = "") -> str:
    """One event of JSON ``data``."""
    line = f"data: {orjson.dumps(data).decode()}\n\n"
    return f"event: {name}\n{line}" if name else line
