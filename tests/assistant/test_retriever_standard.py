"""LangChain's own standard tests for retrievers."""

from collections.abc import Callable
from typing import Any

import pytest
from langchain_tests.integration_tests import RetrieversIntegrationTests

from assistant.retriever import FootnoteRetriever
from knowledge.searcher import Searcher
from knowledge.wiring import Knowledge


@pytest.mark.anyio
class TestFootnoteRetriever(RetrieversIntegrationTests):
    """Every test is inherited."""

    @pytest.fixture(autouse=True)
    def _searcher(self, base: Knowledge, ingest: Callable[..., Any]) -> None:
        kinds = ("rye", "spelt", "wheat", "barley", "oat")
        ingest(**{kind: f"# {kind.title()} bread\n\nBread is baked from {kind} flour and water.\n" for kind in kinds})
        self.searcher: Searcher = base.searcher()

    @pytest.fixture
    def anyio_backend(self) -> str:
        """The event loop of the asynchronous ones."""
        return "asyncio"

    @property
    def retriever_constructor(self) -> type[FootnoteRetriever]:
        """Ours."""
        return FootnoteRetriever

    @property
    def retriever_constructor_params(self) -> dict[str, Any]:
        """Over a base of five articles."""
        return {"searcher": self.searcher}

    @property
    def retriever_query_example(self) -> str:
        """All of them fit."""
        return "flour bread"
