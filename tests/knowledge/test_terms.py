"""Terms: what of a text is looked up in the full-text index."""

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from knowledge.stop_words import STOP_WORDS
from knowledge.terms import SNOWBALL, stem, terms, words


def test_the_example_of_the_module_holds() -> None:
    assert terms("GPT-4's open-source", "en") == ["gpt", "4", "open", "sourc"]


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "models", "model"),
        ("en", "running", "run"),
        ("nl", "modellen", "model"),
        ("nl", "voordelen", "voordeel"),
        ("de", "Häuser", "Haus"),
    ],
)
def test_forms_of_a_word_have_one_stem(language: str, one: str, other: str) -> None:
    assert terms(one, language) == terms(other, language)


def test_stop_words_of_the_language_fall_and_those_of_another_stay() -> None:
    assert terms("what is the bread", "en") == ["bread"]
    assert terms("wat is de bakker", "nl") == ["bakker"]
    assert "de" in terms("de bakker", "en")


def test_repeats_and_order_stay() -> None:
    assert terms("salt, flour, salt", "en") == ["salt", "flour", "salt"]


def test_accents_and_case_fall() -> None:
    assert words("Café NAÏVE Ångström") == ["cafe", "naive", "angstrom"]


def test_composed_and_decomposed_accents_are_alike() -> None:
    assert words("cafe\u0301") == words("caf\u00e9") == ["cafe"]


def test_hyphens_underscores_and_slashes_split() -> None:
    assert words("closed-source snake_case and/or") == ["closed", "source", "snake", "case", "and", "or"]


@pytest.mark.parametrize("text", ["baker's", "baker’s"])
def test_a_possessive_is_its_owner(text: str) -> None:
    assert words(text) == ["baker"]


def test_figures_are_words() -> None:
    assert words("GPT-4 in 2026") == ["gpt", "4", "in", "2026"]


@pytest.mark.parametrize("text", ["", "   ", "?!", "—"])
def test_a_text_without_words_has_no_terms(text: str) -> None:
    assert terms(text, "en") == []


def test_a_language_without_a_stemmer_keeps_its_words() -> None:
    assert terms("Brote backen", "xx") == ["brote", "backen"]


def test_every_language_with_stop_words_has_a_stemmer() -> None:
    assert STOP_WORDS.keys() <= SNOWBALL.keys()
    assert all(stem("brood", language) for language in SNOWBALL)


@pytest.fixture
def switching_often() -> Iterator[None]:
    """Threads take turns every few instructions."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(usual)


def test_words_stemmed_in_several_threads_at_once_get_the_stems_they_have_alone(switching_often: None) -> None:
    made = [
        f"{start}{middle}{end}"
        for start in "bdfgk"
        for middle in ("ation", "ingly", "ies")
        for end in ("al", "s", "ed")
    ]
    alone = [stem(word, "en") for word in made]
    stem.cache_clear()
    with ThreadPoolExecutor(4) as pool:
        for together in pool.map(lambda _: [stem.__wrapped__(word, "en") for word in made], range(40)):
            assert together == alone
