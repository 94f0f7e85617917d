"""Comments in a silent stream, so that no proxy takes it for dead."""

import asyncio
from collections.abc import AsyncIterator

# Seconds of silence before one; proxies give up after 30 to 60.
SILENCE = 15.0


async def with_pings(lines: AsyncIterator[str], silence: float = SILENCE) -> AsyncIterator[str]:
    """``lines`` as they come, and a comment whenever nothing came for ``silence`` seconds."""
    step = asyncio.ensure_future(anext(lines))
    try:
        while True:
            if not (await asyncio.wait((step,), timeout=silence))[0]:
                yield ": ping\n\n"
                continue
            try:
                line = step.result()
            except StopAsyncIteration:
                return
            step = asyncio.ensure_future(anext(lines))
            yield line
    finally:
        step.cancel()
        await asyncio.wait((step,))
