"""Hybrid search: dense and full-text, fused."""

from collections.abc import Iterable

from knowledge import fulltext
from knowledge.catalogue import Catalogue
from knowledge.embedder import Embedder
from knowledge.fusion import DENSE_WEIGHT, DENSE_WEIGHT_FOREIGN, fuse
from knowledge.hit import Hit
from knowledge.language import detect
from knowledge.terms import terms
from knowledge.translations import in_one_language
from knowledge.vectors import VectorStore

# Depth of each list before fusion; the baselines were measured at 50.
DEPTH = 50


class Searcher:
    """Finds the chunks of one generation that fit a question."""

    def __init__(self, catalogue: Catalogue, vectors: VectorStore, embedder: Embedder, generation: int) -> None:
        self._catalogue = catalogue
        self._vectors = vectors
        self._embedder = embedder
        self.generation = generation

    def search(self, question: str, k: int = 10) -> list[Hit]:
        """The ``k`` best hits, best first; fewer when the base is small."""
        language = detect(question)
        depth = max(DEPTH, k)
        vector = self._embedder.embed_question(question)
        dense = self._vectors.nearest(self.generation, vector, depth)
        with self._catalogue.engine.connect() as connection:
            lexical = fulltext.search(connection, self.terms(question, language), self.generation, depth)
        fused = fuse(dense, lexical, DENSE_WEIGHT if language == "en" else DENSE_WEIGHT_FOREIGN)
        # Twice k: translations fall away, and Chroma may hold chunks that a killed ingest left behind.
        best = sorted(fused, key=lambda chunk: -fused[chunk])[: 2 * k]
        scored = {chunk: (fused[chunk], _stages(chunk, dense, lexical)) for chunk in best}
        return in_one_language(self._catalogue.hits(self.generation, scored), language)[:k]

    @property
    def articles(self) -> int:
        """How many articles there are."""
        return self._catalogue.count(self.generation)[0]

    def section(self, hit: Hit) -> list[Hit]:
        """The whole section a hit stands in, in reading order."""
        return self._catalogue.section(self.generation, hit.article_id, hit.section)

    def terms(self, question: str, language: str) -> list[str]:
        """The question's terms, stemmed as each language of the base would stem them."""
        stemmers = dict.fromkeys([language, *self._catalogue.languages()])
        return list(dict.fromkeys(term for code in stemmers for term in terms(question, code)))

    def document_frequencies(self, wanted: Iterable[str]) -> dict[str, float]:
        """The share of chunks in which each term stands, in [0, 1]."""
        _, total = self._catalogue.count(self.generation)
        with self._catalogue.engine.connect() as connection:
            counts = fulltext.document_counts(connection, wanted)
        return {term: count / max(total, 1) for term, count in counts.items()}


def _stages(chunk: str, dense: dict[str, float], lexical: dict[str, float]) -> dict[str, float]:
    found = {"cosine": dense.get(chunk), "bm25": lexical.get(chunk)}
    return {stage: score for stage, score in found.items() if score is not None}
