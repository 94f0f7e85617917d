"""The chain as a LangChain Runnable: ``invoke``, ``ainvoke`` and ``astream`` give answers as LangChain users expect."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from typing import Any

from langchain_core.runnables import AddableDict, Runnable, RunnableGenerator

from assistant.chain import Assistant
from assistant.events import Cited, Delta, Done
from assistant.question import check


def as_runnable(assistant: Assistant) -> Runnable[Any, Any]:
    """A Runnable from a question (a text, or ``{"question", "history"}``) to an answer.

    It streams ``{"delta"}`` (text), ``{"citations"}`` (new numbers), last ``{"answer"}``; ``invoke`` adds them up, so
    that its ``answer`` is the documented answer. Raises ``BadQuestion`` like ``check``.
    """

    def stream(inputs: Iterator[Any]) -> Iterator[dict[str, Any]]:
        for given in inputs:
            asked: dict[str, Any] = {"question": given} if isinstance(given, str) else given
            for event in assistant.events(check(asked["question"], asked.get("history", ()))):
                if isinstance(event, Delta):
                    yield AddableDict(delta=event.text)
                elif isinstance(event, Cited):
                    yield AddableDict(citations=[event.citation.n])
                elif isinstance(event, Done):
                    yield AddableDict(answer=event.answer.as_dict())

    async def astream(inputs: AsyncIterator[Any]) -> AsyncIterator[dict[str, Any]]:
        async for given in inputs:
            parts = stream(iter([given]))
            while (part := await asyncio.to_thread(next, parts, None)) is not None:
                yield part

    return RunnableGenerator(stream, astream).with_config(run_name="footnote")
