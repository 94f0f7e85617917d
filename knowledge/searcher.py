"""Hybrid search: every reading of a question by dense vectors and full text, fused, then mended by what the hits say.

The path: readings (the question, what it leans on, its translation) -> per reading dense and full text, fused by score
-> summed by weight -> the page being read -> articles that the best passages name -> of translations the one in the
question's language, of near-duplicates and of equal passages one.
"""

import time
from collections.abc import Callable, Collection, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import chain
from typing import NamedTuple

from knowledge import fulltext, page, second_step
from knowledge.aliases import one_of_a_group
from knowledge.candidate import Candidate
from knowledge.catalogue import Catalogue
from knowledge.duplicates import collapsed
from knowledge.embedder import Embedder
from knowledge.fusion import dense_weight, fuse
from knowledge.glossary import Glossaries
from knowledge.hit import TRANSLATED, Hit
from knowledge.ranking import Ranking
from knowledge.rarity import weights
from knowledge.reading import Reading, as_readings
from knowledge.spelling import corrected, surely
from knowledge.terms import is_stop_word, stem, term_set, terms, words
from knowledge.translations import in_one_language
from knowledge.vectors import GenerationGone, VectorStore

# Depth of each list before fusion. 100 beat 50 on four of five public sets, by .002 to .013 nDCG@10; 200 added nothing.
DEPTH = 100
# Readings embedded and looked up at once, of all the questions asked at once.
AHEAD = 16


class Begun(NamedTuple):
    """The dense list of a question, being looked up in a generation."""

    generation: int
    dense: Future[dict[str, float]]


class Searcher:
    """Finds the chunks that fit a question, in the generation that ``serving`` names at that moment.

    ``serving`` raises IndexMismatch once the generation is one of another embedder.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        vectors: VectorStore,
        embedder: Embedder,
        serving: Callable[[], int],
        glossaries: Glossaries,
    ) -> None:
        self._catalogue = catalogue
        self._vectors = vectors
        self.embedder = embedder
        self._glossaries = glossaries
        self._serving = serving
        self._ahead = ThreadPoolExecutor(AHEAD, "dense")

    def begin(self, question: str) -> Begun:
        """Embed a question and look its vector up, while its language and its readings are not known yet.

        Raises:
            IndexMismatch, IndexEmpty: as ``serving``.
        """
        generation = self.generation
        begun = Begun(generation, self._ahead.submit(self._nearest, generation, question, DEPTH))
        time.sleep(0)  # lets it take the interpreter's lock, which it gives back as soon as the model computes
        return begun

    def search(
        self,
        asked: str | tuple[Reading, ...],
        k: int = 10,
        page_url: str | None = None,
        begun: Begun | None = None,
    ) -> list[Hit]:
        """The ``k`` best hits, best first; fewer when the base is small.

        ``asked`` is a question, or its readings with the one to answer first; ``page_url`` the page being read;
        ``begun`` what ``begin`` gave for the first of the readings.
        """
        begun = self.begin(asked) if isinstance(asked, str) else begun
        readings = as_readings(asked)
        while True:
            generation = self.generation
            try:
                hits = self._found(generation, readings, k, page_url, begun)
            except GenerationGone:
                if generation == self.generation:
                    raise
            if generation == self.generation:  # else a rebuild took what was searched away, half-way
                return hits

    def close(self) -> None:
        """Let what runs end, begin no more."""
        self._ahead.shutdown(cancel_futures=True)

    @property
    def generation(self) -> int:
        """The generation that is searched."""
        return self._serving()

    def _found(
        self, generation: int, readings: tuple[Reading, ...], k: int, page_url: str | None, begun: Begun | None
    ) -> list[Hit]:
        known = begun.dense if begun and begun.generation == generation and k <= DEPTH else None
        ranking = self._ranked(generation, list(dict.fromkeys(self.translated(readings))), max(DEPTH, k), known)
        self._mend(generation, ranking, readings[0], page_url)
        canonical = self._catalogue.canonicals()
        # More than k: translations and duplicates fall away; Chroma may hold chunks that a killed ingest left behind.
        hits = self._catalogue.hits(generation, ranking.scaled(ranking.best((4 if canonical else 2) * k)))
        speaking = one_of_a_group(in_one_language(hits, readings[0].language), canonical)
        return collapsed(speaking, k)

    @property
    def articles(self) -> int:
        """How many articles there are."""
        return self._catalogue.count(self.generation)[0]

    @property
    def languages(self) -> list[str]:
        """The languages the articles are written in."""
        return list(self._catalogue.languages())

    def section(self, hit: Hit) -> list[Hit]:
        """The whole section a hit stands in, in reading order."""
        return self._catalogue.section(self.generation, hit.article_id, hit.section)

    def stems(self, question: str, language: str) -> list[list[str]]:
        """Of each word that tells something its stems: in the question's language, then in those of the base."""
        stemmers = dict.fromkeys([language, *self._catalogue.languages()])
        telling = (word for word in words(question) if not is_stop_word(word, language))
        return [list(dict.fromkeys(stem(word, code) for code in stemmers)) for word in telling]

    def translated(self, readings: Sequence[Reading]) -> list[Reading]:
        """The readings, and their translations into the languages of the base where the embedder reads only one."""
        found = list(readings)
        if not self.embedder.multilingual:
            spoken = self._catalogue.languages()
            found += [made for reading in readings for made in self._glossaries.translations(reading, spoken)]
        return found

    def rarity(self, wanted: Iterable[str]) -> dict[str, float]:
        """What each of these terms weighs, by its rarity in the chunks; all weights sum to 1."""
        asked = list(dict.fromkeys(wanted))
        counts = self._catalogue.document_counts(asked)
        return weights(asked, counts, self._catalogue.count(self.generation)[1])

    def corrected(self, wanted: Sequence[str], unknown: Collection[str] | None = None) -> list[str]:
        """The terms; of the ``unknown`` ones, or of all, those that stand nowhere as what they may be a typo of."""
        absent = set(wanted if unknown is None else unknown) - self._catalogue.document_counts(wanted).keys()
        vocabulary = self._catalogue.vocabulary
        return [(term in absent and surely(term, vocabulary(term[0]))) or term for term in wanted]

    def share(self, wanted: Iterable[str]) -> float:
        """In what share of the chunks the most frequent of these terms stands, in [0, 1]."""
        counts = self._catalogue.document_counts(wanted)
        return max(counts.values(), default=0) / max(1, self._catalogue.count(self.generation)[1])

    def _ranked(
        self, generation: int, readings: Sequence[Reading], depth: int, first: Future[dict[str, float]] | None
    ) -> Ranking:
        """All readings, fused: full text is searched while others embed them and search their vectors."""
        nearest = [first] if first else []
        nearest += [
            self._ahead.submit(self._nearest, generation, reading.text, depth) for reading in readings[len(nearest) :]
        ]
        lexical = [self._lexical(generation, reading, depth) for reading in readings]
        ranking, asked = Ranking(), readings[0].language
        for reading, sought, worded in zip(readings, nearest, lexical, strict=True):
            dense = sought.result()
            ranking.note("cosine", dense)
            if reading.language != asked:
                ranking.note(TRANSLATED, dense)
            ranking.note("bm25", worded)
            share = dense_weight(reading.language, self._catalogue.languages(), self.embedder.multilingual)
            ranking.add(fuse(dense, worded, share), reading.weight)
        return ranking

    def _nearest(self, generation: int, text: str, depth: int) -> dict[str, float]:
        """The dense list of one reading's text."""
        return self._vectors.nearest(generation, self.embedder.embed_question(text), depth)

    def _lexical(self, generation: int, reading: Reading, depth: int) -> dict[str, float]:
        """The full-text list of one reading, its typos corrected."""
        stems = self.stems(reading.text, reading.language)
        known = self._catalogue.document_counts(chain.from_iterable(stems))
        with self._catalogue.engine.connect() as connection:
            wanted = corrected(connection, stems, known, self._catalogue.vocabulary)
            counts = known if set(wanted) <= known.keys() else self._catalogue.document_counts(wanted)
            return fulltext.search(connection, wanted, counts, generation, depth)

    def _mend(self, generation: int, ranking: Ranking, reading: Reading, page_url: str | None) -> None:
        """Lift the page being read, and the articles that the best passages name."""
        ranked = self._catalogue.candidates(generation, ranking.best(DEPTH))
        if not ranked:
            return
        rarity = self.rarity(terms(reading.text, reading.language))
        canonical = self._catalogue.canonicals()  # articles that repeat each other do not name each other
        grouped = [
            one._replace(article_id=canonical[one.article_id]) if one.article_id in canonical else one for one in ranked
        ]

        def texts(candidates: Sequence[Candidate]) -> list[str]:
            return self._catalogue.texts(generation, [one.chunk_id for one in candidates])

        ranking.lift("named", second_step.lifts(grouped, rarity, texts, _terms))
        if page_url:
            ranking.lift("page", page.lifts(ranked, ranking.scores, page_url))


def _terms(candidate: Candidate, text: str) -> frozenset[str]:
    return term_set(f"{candidate.title} {text}", candidate.language)
