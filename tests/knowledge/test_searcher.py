"""Search finds the right article, whatever else lies in the store."""

from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

import numpy as np
import pytest

from knowledge.database import KEPT
from knowledge.glossary import Glossaries
from knowledge.reading import Reading
from knowledge.searcher import Searcher
from knowledge.vectors import GenerationGone
from knowledge.wiring import Knowledge

SHELF = {
    "bread": "# Bread\n\nA loaf needs flour, salt and time.\n\n## Baking\n\nBake it in a hot oven.\n\nLet it cool.",
    "bicycle": "# Bicycles\n\nA chain drives the rear wheel.\n\n## Brakes\n\nDisc brakes stop well in the rain.",
    "bees": "# Bees\n\nA colony has one queen.\n\n## Honey\n\nHoney is nectar that bees have dried.",
    "fiets": "---\nlanguage: nl\n---\n# Fietsen\n\nDe bandenspanning van een racefiets is hoog.",
}


@pytest.fixture
def shelf(base: Knowledge, ingest: Callable[..., Any]) -> Knowledge:
    ingest(**SHELF)
    return base


@pytest.mark.parametrize(
    ("question", "article"),
    [
        ("What does a loaf need?", "bread"),
        ("brakes in the rain", "bicycle"),
        ("how is honey made by bees", "bees"),
        ("Hoe hoog is de bandenspanning van racefietsen?", "fiets"),
    ],
)
def test_the_right_article_comes_first(shelf: Knowledge, question: str, article: str) -> None:
    assert shelf.searcher().search(question)[0].article_id == article


def test_a_hit_is_the_articles_own_text_with_its_place(shelf: Knowledge) -> None:
    hit = shelf.searcher().search("hot oven")[0]
    article = shelf.catalogue.article("bread")
    assert article is not None
    assert hit.text == article.text[hit.start : hit.end] == "Bake it in a hot oven.\n\nLet it cool."
    assert (hit.title, hit.section) == ("Bread", "Baking")
    assert hit.stages.keys() == {"cosine", "bm25"}


def test_scores_fall_and_lie_between_zero_and_one(shelf: Knowledge) -> None:
    scores = [hit.score for hit in shelf.searcher().search("honey and bread")]
    assert scores == sorted(scores, reverse=True)
    assert all(0.0 <= score <= 1.0 for score in scores)


@pytest.mark.parametrize("k", [1, 2, 3])
def test_k_hits_are_given_and_no_chunk_twice(shelf: Knowledge, k: int) -> None:
    hits = shelf.searcher().search("honey", k)
    assert len({hit.chunk_id for hit in hits}) == len(hits) == k


def test_k_may_be_more_than_there_is(shelf: Knowledge) -> None:
    assert len(shelf.searcher().search("honey", 500)) == shelf.catalogue.count(shelf.generation())[1]


def test_a_reading_given_twice_counts_once(shelf: Knowledge) -> None:
    bread, honey = Reading("bread", "en"), Reading("honey", "en", 0.8)
    searcher = shelf.searcher()
    assert searcher.search((bread, honey, honey)) == searcher.search((bread, honey))


def test_equal_searches_give_equal_hits(shelf: Knowledge) -> None:
    assert shelf.searcher().search("chain") == shelf.searcher().search("chain")


def test_a_question_without_known_words_still_answers(shelf: Knowledge) -> None:
    assert all(hit.stages.keys() == {"cosine"} for hit in shelf.searcher().search("zzyzx"))


def test_vectors_without_a_chunk_are_ignored(shelf: Knowledge) -> None:
    question = "What does a loaf need?"
    before = [hit.chunk_id for hit in shelf.searcher().search(question)]
    vector = shelf.embedder.embed_question(question)
    shelf.vectors.add(shelf.generation(), ["ghost 1", "ghost 2"], np.stack([vector, vector]))
    after = [hit.chunk_id for hit in shelf.searcher().search(question)]
    assert after[0] == before[0]
    assert set(after) == set(before)


def test_terms_are_stemmed_in_each_language_of_the_base(shelf: Knowledge) -> None:
    stems = shelf.searcher().stems("Which brakes do racefietsen have?", "en")
    assert stems == [["brake"], ["racefietsen", "racefiets"]]


def test_a_section_is_given_whole(shelf: Knowledge) -> None:
    searcher = shelf.searcher()
    section = searcher.section(searcher.search("hot oven")[0])
    assert [hit.section for hit in section] == ["Baking"]


def test_words_weigh_by_their_rarity_in_the_chunks(shelf: Knowledge) -> None:
    searcher = shelf.searcher()
    weights = searcher.rarity(["bees", "queen", "bees"])
    assert weights.keys() == {"bees", "queen"}
    assert weights["bees"] < weights["queen"]
    assert searcher.articles == 4


class Taken:
    """Vectors that a rebuild takes away once, or for ever, while they are searched."""

    def __init__(self, base: Knowledge, swaps: bool) -> None:
        self.base, self.swaps, self.serving = base, swaps, base.generation() + 1

    def nearest(self, generation: int, vector: Any, limit: int) -> dict[str, float]:
        """Of the generation that was swapped in."""
        if generation == self.base.generation():
            return self.base.vectors.nearest(generation, vector, limit)
        if self.swaps:
            self.serving = self.base.generation()
        raise GenerationGone("no such collection")


def test_a_search_that_was_begun_before_its_readings_were_known_finds_the_same(shelf: Knowledge) -> None:
    searcher = shelf.searcher()
    readings = (Reading("hot oven", "en"), Reading("honey", "en", 0.8))
    begun = searcher.begin("hot oven")
    assert searcher.search(readings, begun=begun) == searcher.search(readings)
    assert searcher.search(readings, 200, begun=begun) == searcher.search(readings, 200)


def test_what_was_begun_in_a_generation_that_is_gone_is_done_again(shelf: Knowledge) -> None:
    vectors: Any = Taken(shelf, swaps=True)
    searcher = Searcher(shelf.catalogue, vectors, shelf.embedder, lambda: vectors.serving, Glossaries(shelf.folder))
    begun = searcher.begin("hot oven")
    vectors.serving = shelf.generation()
    assert searcher.search((Reading("hot oven", "en"),), begun=begun)[0].article_id == "bread"


def test_a_search_that_a_rebuild_takes_its_vectors_from_is_done_again(shelf: Knowledge) -> None:
    vectors: Any = Taken(shelf, swaps=True)
    searcher = Searcher(shelf.catalogue, vectors, shelf.embedder, lambda: vectors.serving, Glossaries(shelf.folder))
    assert searcher.search("hot oven")[0].article_id == "bread"


def test_an_error_that_no_rebuild_explains_is_told(shelf: Knowledge) -> None:
    vectors: Any = Taken(shelf, swaps=False)
    searcher = Searcher(shelf.catalogue, vectors, shelf.embedder, lambda: vectors.serving, Glossaries(shelf.folder))
    with pytest.raises(GenerationGone, match="no such collection"):
        searcher.search("hot oven")


def test_a_search_waits_for_no_other_readers_connection(shelf: Knowledge) -> None:
    with ExitStack() as others:
        for _ in range(2 * KEPT):
            others.enter_context(shelf.catalogue.engine.connect())
        assert shelf.searcher().search("hot oven")
