"""Of an article in several languages, the one in the question's language speaks."""

from dataclasses import replace

from knowledge.translations import in_one_language
from tests.assistant.hits import make_hit

ENGLISH = make_hit("RAG is search.", article_id="rag", language="en")
DUTCH = make_hit("RAG is zoeken.", article_id="nl/rag", language="nl", translation_of="rag")
OTHER = make_hit("Tokens.", article_id="tokens", language="en")


def test_the_questions_language_is_preferred_and_takes_the_place() -> None:
    found = in_one_language([ENGLISH, OTHER, replace(DUTCH, score=0.5)], "nl")
    assert [(hit.article_id, hit.score) for hit in found] == [("nl/rag", 1.0), ("tokens", 1.0)]
    assert in_one_language([DUTCH, OTHER, ENGLISH], "en") == [ENGLISH, OTHER]


def test_what_found_the_translation_found_the_article_that_speaks() -> None:
    english = replace(ENGLISH, stages={"cosine": 0.7, "cosine_translated": 0.7})
    (spoken,) = in_one_language([english, replace(DUTCH, stages={"cosine": 0.5, "cosine_translated": 0.2})], "nl")
    assert spoken.stages == {"cosine": 0.5, "cosine_translated": 0.7}


def test_in_a_third_language_the_original_speaks() -> None:
    assert in_one_language([DUTCH, ENGLISH], "de") == [ENGLISH]


def test_an_article_found_in_another_language_only_stays() -> None:
    assert in_one_language([DUTCH, OTHER], "en") == [DUTCH, OTHER]
