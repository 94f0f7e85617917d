"""LangChain users can take the search or the whole chain."""

import asyncio
from collections.abc import Callable
from typing import Any

from assistant.retriever import FootnoteRetriever
from assistant.runnable import as_runnable
from assistant.settings import ASSISTANT
from assistant.wiring import make_assistant
from knowledge.wiring import Knowledge

BREAD = "# Bread\n\nBread is baked from flour, water and salt."


def test_the_retriever_gives_documents_with_their_place(base: Knowledge, ingest: Callable[..., Any]) -> None:
    ingest(bread=BREAD)
    found = FootnoteRetriever(searcher=base.searcher(), k=1).invoke("flour")
    assert found[0].page_content == "Bread is baked from flour, water and salt."
    assert found[0].metadata["source"] == "bread"
    assert found[0].metadata["start"] == BREAD.index("Bread is")


def test_the_chain_is_a_runnable(base: Knowledge, ingest: Callable[..., Any]) -> None:
    ingest(bread=BREAD)
    chain = as_runnable(make_assistant(base, {setting.name: setting for setting in ASSISTANT}))
    question = {"question": "What is bread baked from?", "history": []}
    whole = chain.invoke(question)
    assert whole["answer"]["answered"] is True
    assert whole["delta"] == whole["answer"]["answer"]
    assert whole["citations"] == [1]
    assert asyncio.run(chain.ainvoke("What is bread baked from?"))["delta"] == whole["delta"]

    async def streamed() -> list[dict[str, Any]]:
        return [part async for part in chain.astream(question)]

    assert "answer" in asyncio.run(streamed())[-1]
