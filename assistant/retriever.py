"""The search as a LangChain retriever, for those who build their own chain."""

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from knowledge.searcher import Searcher


class FootnoteRetriever(BaseRetriever):
    """Documents whose metadata hold ``source``, ``title``, ``section``, ``chunk_id``, ``start``, ``end``, ``score``.

    ``k`` is how many, for all or, as ``invoke(query, k=3)``, for one.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    searcher: Searcher
    k: int = 10

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun, k: int | None = None
    ) -> list[Document]:
        names = ("article_id", "title", "section", "chunk_id", "start", "end", "score")
        return [
            Document(
                page_content=hit.text,
                id=hit.chunk_id,
                metadata={name: getattr(hit, name) for name in names} | {"source": hit.url or hit.article_id},
            )
            for hit in self.searcher.search(query, k or self.k)
        ]
