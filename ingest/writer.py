"""Writer: articles into catalogue and vectors, so that a reader never sees half of one.

Order per batch: embed, add the new vectors (ids the catalogue does not know are invisible), swap the articles in one
transaction, delete the vectors that are no longer used. Whatever point kill -9 hits, the catalogue is
sound and the rest is mended by ``reconcile`` at the next run.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.chunker import chunks
from ingest.embedding_cache import EmbeddingCache
from ingest.report import Report
from ingest.scan import Found
from knowledge import fulltext, generations
from knowledge.article import Article, Provenance
from knowledge.chunk import Chunk
from knowledge.embedder import Vectors
from knowledge.wiring import Knowledge

# There is a run that has not ended, or was killed: the vectors must be compared with the catalogue.
UNFINISHED = "unfinished"

# Vectors of texts that have left the base are kept until there are as many of them as of texts in it.
KEPT = 2


@dataclass(frozen=True, slots=True)
class Prepared:
    """Articles with their chunks, the chunks that are new with their vectors and how many of these were computed, and
    the chunks that are gone.
    """

    cut: Sequence[tuple[Found, list[Chunk]]]
    new: Sequence[str]
    embedded: tuple[Vectors, int] | None
    gone: set[str]


class Writer:
    """Writes one batch at a time into a generation."""

    def __init__(self, knowledge: Knowledge, generation: int, report: Report) -> None:
        self.knowledge = knowledge
        self.generation = generation
        self.report = report
        self._cache = EmbeddingCache(knowledge.folder, knowledge.embedder)

    def prepared(self, batch: Sequence[Found]) -> Prepared:
        """Cut and embed the articles of a batch; nothing is written but the cache of embeddings."""
        before: set[str] = set()
        cut: list[tuple[Found, list[Chunk]]] = []
        for found in batch:
            before |= self._chunk_ids(found.article.article_id)
            cut.append((found, chunks(found.article)))
        now = {chunk.chunk_id: chunk.indexed_text for _, made in cut for chunk in made}
        new = {key: text for key, text in now.items() if key not in before}
        return Prepared(cut, list(new), self._cache.passages(list(new.values())) if new else None, before - now.keys())

    def write(self, prepared: Prepared, source: str) -> None:
        """Add or replace the articles of a batch."""
        self.begin()
        self._add(prepared.new, prepared.embedded)
        catalogue = self.knowledge.catalogue
        with catalogue.transaction() as connection:
            for found, made in prepared.cut:
                catalogue.write(connection, found.article, Provenance(source, found.origin), made, self.generation)
        self.knowledge.vectors.remove(self.generation, prepared.gone)
        for found, _ in prepared.cut:
            self.report.added += found.is_new
            self.report.changed += not found.is_new

    def remove(self, article_ids: Sequence[str]) -> None:
        """Take articles out."""
        if not article_ids:
            return
        self.begin()
        gone = {chunk for article_id in article_ids for chunk in self._chunk_ids(article_id)}
        with self.knowledge.catalogue.transaction() as connection:
            self.knowledge.catalogue.remove(connection, article_ids)
        self.knowledge.vectors.remove(self.generation, gone)
        self.report.removed += len(article_ids)

    def reindex(self, articles: Sequence[Article]) -> None:
        """Cut and embed articles that the catalogue has, into a generation that does not have them."""
        cut = [(article, chunks(article)) for article in articles]
        self._embed({chunk.chunk_id: chunk.indexed_text for _, made in cut for chunk in made})
        with self.knowledge.catalogue.transaction() as connection:
            for article, made in cut:
                self.knowledge.catalogue.write_chunks(connection, made, article.language, self.generation)
        self.report.changed += len(cut)

    def reconcile(self) -> None:
        """After a killed run: drop vectors the catalogue does not know and what a rebuild left unfinished; embed
        chunks that have no vector.
        """
        if not self._marker.exists() and self.knowledge.vectors.exists:
            return
        with self.knowledge.catalogue.transaction() as connection:
            generations.drop_others(connection, self.generation)
        self.knowledge.vectors.keep_only(self.generation)
        known = self.knowledge.catalogue.chunk_ids(self.generation)
        stored = self.knowledge.vectors.ids(self.generation)
        self.knowledge.vectors.remove(self.generation, stored - known)
        self._embed(self.knowledge.catalogue.indexed_texts(self.generation, known - stored))
        self.end()

    def begin(self) -> None:
        """Note that vectors and catalogue may differ from here on."""
        self._marker.touch()

    def end(self) -> None:
        """Note that they agree, and leave the full text in one piece where something was written."""
        if self._marker.exists():
            with self.knowledge.catalogue.transaction() as connection:
                fulltext.merge(connection)
        if len(self._cache) > KEPT * self.knowledge.catalogue.count(self.generation)[1]:
            self.forget()
        self._marker.unlink(missing_ok=True)

    def forget(self) -> None:
        """Keep no vector of a text that has left the base."""
        catalogue = self.knowledge.catalogue
        self._cache.keep_only(catalogue.indexed_texts(self.generation, catalogue.chunk_ids(self.generation)).values())

    @property
    def _marker(self) -> Path:
        return self.knowledge.folder / UNFINISHED

    def _chunk_ids(self, article_id: str) -> set[str]:
        return self.knowledge.catalogue.chunk_ids(self.generation, article_id)

    def _embed(self, texts: dict[str, str]) -> None:
        if texts:
            self._add(list(texts), self._cache.passages(list(texts.values())))

    def _add(self, ids: Sequence[str], embedded: tuple[Vectors, int] | None) -> None:
        if embedded:
            vectors, computed = embedded
            self.knowledge.vectors.add(self.generation, ids, vectors)
            self.report.computed += computed
