"""A stream of events: as the standard writes them, alive while silent, ended when the reader leaves."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

from starlette.types import Message

from ui.api.event_stream import EventStream, event

SCOPE = {"type": "http", "asgi": {"spec_version": "2.3"}}


async def received(stream: EventStream, leaves: asyncio.Event | None = None) -> list[Message]:
    """What a reader gets who stays, or who leaves at that time."""
    got: list[Message] = []

    async def receive() -> Message:
        await (leaves or asyncio.Event()).wait()
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        got.append(message)

    await stream(SCOPE, receive, send)
    return got


def text(messages: list[Message]) -> str:
    return b"".join(message.get("body", b"") for message in messages).decode()


def test_an_event_is_one_line_of_json() -> None:
    written = event({"text": "two\nlines, café\u2028"}, "delta")
    head, data, *end = written.split("\n")
    assert (head, end) == ("event: delta", ["", ""])
    assert json.loads(data.removeprefix("data: ")) == {"text": "two\nlines, café\u2028"}
    assert event([1]) == "data: [1]\n\n"


def test_a_silent_stream_is_kept_alive_by_comments() -> None:
    async def slow() -> AsyncIterator[str]:
        yield "one"
        await asyncio.sleep(0.3)
        yield "two"

    got = text(asyncio.run(received(EventStream(slow(), silence=0.05))))
    assert got.replace(": ping\n\n", "") == "onetwo"
    assert 1 <= got.count(": ping\n\n") <= 6


def test_nothing_comes_after_the_end() -> None:
    async def quick() -> AsyncIterator[str]:
        yield "all"

    async def run() -> list[Message]:
        got = await received(EventStream(quick(), silence=0.01))
        await asyncio.sleep(0.05)
        return got

    assert [message.get("more_body") for message in asyncio.run(run())] == [None, True, False]


def test_a_reader_who_leaves_ends_the_work() -> None:
    ended: list[Any] = []

    async def run() -> list[Message]:
        leaves = asyncio.Event()

        async def endless() -> AsyncIterator[str]:
            try:
                yield "one"
                leaves.set()
                await asyncio.sleep(60)
            finally:
                ended.append(True)

        return await received(EventStream(endless(), silence=0.05), leaves)

    assert text(asyncio.run(run())) == "one"
    assert ended == [True]
