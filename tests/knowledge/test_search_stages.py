"""What the search does beyond the two lists: readings, translation, typos, a second step, the page, duplicates."""

from collections.abc import Iterator

import pytest

from ingest.progress import quiet
from ingest.sources import Files
from ingest.sync import sync
from knowledge.reading import Reading
from knowledge.searcher import Searcher
from knowledge.wiring import open_knowledge

COPY = "Pump the tyres each week, and look for cracks in the rubber."
SHELF = {
    "claude": "# Claude\n\nClaude is a language model. The company behind Claude is Anthropic.",
    "anthropic": "# Anthropic\n\nThe firm was founded in 2021 in San Francisco.",
    "museum": "# Museums\n\nThe museum was founded in the year 1885 by a sugar company.",
    "faces": "# Facial recognition\n\nThe risk of facial recognition is a false accusation.",
    "care": "---\nurl: https://example.org/care\n---\n# Care\n\nPut oil on the chain.",
    "shop": "---\nurl: https://example.org/shop\n---\n# Shop\n\nWe sell oil for a chain.",
    "tyres": f"# Tyres\n\n{COPY}",
    "wheels": f"# Wheels\n\n{COPY}",
    "bees": "# Bees\n\nA colony has one queen.",
}


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Searcher]:
    folder = tmp_path_factory.mktemp("shelf")
    for name, text in SHELF.items():
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    knowledge = open_knowledge(tmp_path_factory.mktemp("base"), "hashing", "test", wait=0)
    sync(knowledge, [Files(str(folder), folder)], quiet)
    yield knowledge.searcher()
    knowledge.close()


def found(searcher: Searcher, asked: str | tuple[Reading, ...], page_url: str | None = None) -> list[str]:
    return [hit.article_id for hit in searcher.search(asked, page_url=page_url)]


def test_the_readings_of_a_question_are_fused_by_weight(searcher: Searcher) -> None:
    bees, museum = Reading("queen", "en"), Reading("museum", "en")
    half = Reading("museum", "en", 0.5)
    assert found(searcher, (half, bees))[:2] == ["bees", "museum"]
    assert found(searcher, (museum, Reading("queen", "en", 0.5)))[:2] == ["museum", "bees"]
    scores = {hit.article_id: hit.score for hit in searcher.search((half, bees))}
    assert scores["museum"] == pytest.approx(0.5 * scores["bees"], abs=0.01)


def test_a_dutch_question_finds_an_english_article(searcher: Searcher) -> None:
    question = "Welke gevaren heeft gezichtsherkenning?"
    best = searcher.search(question)[0]
    assert best.article_id == "faces"
    assert {"bm25", "cosine_translated"} <= best.stages.keys()
    assert "cosine_translated" not in searcher.search("Which dangers does face recognition have?")[0].stages
    untranslated = searcher.search((Reading(question, "xx"),))  # no glossary leads from there
    assert not any("bm25" in hit.stages for hit in untranslated)


@pytest.mark.parametrize("question", ["recogniton", "acccusation", "facialrecognition"])
def test_a_word_misspelt_or_written_in_one_finds_its_article(searcher: Searcher, question: str) -> None:
    best = searcher.search(question)[0]
    assert (best.article_id, "bm25" in best.stages) == ("faces", True)


def test_the_article_that_the_best_passage_names_comes_second(searcher: Searcher) -> None:
    first, second, *_ = searcher.search("When was the company behind Claude founded?")
    assert (first.article_id, second.article_id) == ("claude", "anthropic")
    assert ("named" in first.stages, "named" in second.stages) == (False, True)


def test_a_question_in_one_step_stays_as_it_is(searcher: Searcher) -> None:
    assert not any("named" in hit.stages for hit in searcher.search("Who is the company behind Claude?"))


@pytest.mark.parametrize("page", ["care", "shop"])
def test_the_page_being_read_comes_first_where_it_fits(searcher: Searcher, page: str) -> None:
    first, *others = searcher.search("chain oil", page_url=f"https://www.example.org/{page}/?from=menu")
    assert first.article_id == page
    assert first.score == 1.0
    assert [hit.article_id for hit in others if "page" in hit.stages] == []


def test_a_page_that_does_not_fit_changes_nothing(searcher: Searcher) -> None:
    for page in ("https://example.org/care", "http://127.0.0.1/articles/bees", "https://elsewhere.org/"):
        assert searcher.search("facial recognition", page_url=page) == searcher.search("facial recognition")


def test_a_passage_on_two_pages_is_found_once(searcher: Searcher) -> None:
    assert len({"tyres", "wheels"} & set(found(searcher, "cracks in the tyres"))) == 1
    assert len(searcher.search("cracks in the tyres", 50)) == len(SHELF) - 1


def test_every_stage_that_found_a_passage_is_shown(searcher: Searcher) -> None:
    best = searcher.search("chain oil", page_url="https://example.org/shop")[0]
    assert best.stages.keys() == {"cosine", "bm25", "page"}
