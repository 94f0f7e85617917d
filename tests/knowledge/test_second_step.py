"""A passage whose article the best passages name is lifted by what it adds."""

from collections.abc import Sequence

import pytest

from knowledge.candidate import Candidate
from knowledge.second_step import NAMING, lifts
from knowledge.terms import terms

CLAUDE = "Claude is a model. The company behind it is Anthropic."
WEIGHTS = {"compani": 0.2, "claud": 0.5, "found": 0.3}  # of "When was the company behind Claude founded?"


def lifted(*passages: tuple[str, str]) -> dict[str, float]:
    """Bonuses of passages given as title and text, best first; a colon in the title ends the article's id."""
    texts = dict(passages)
    ranked = [Candidate(title, title.partition(":")[0], title, None, "en") for title in texts]

    def read(wanted: Sequence[Candidate]) -> list[str]:
        return [texts[one.chunk_id] for one in wanted]

    return lifts(ranked, WEIGHTS, read, lambda one, text: frozenset(terms(f"{one.title} {text}", "en")))


def test_what_the_named_article_adds_is_its_bonus() -> None:
    found = lifted(("Claude", CLAUDE), ("Anthropic", "A company founded in 2021."), ("Museums", "Founded in 1885."))
    assert found == {"Anthropic": pytest.approx(0.3)}  # "company" stands in the naming passage too


def test_a_named_article_that_adds_nothing_is_not_lifted() -> None:
    assert lifted(("Claude", CLAUDE), ("Anthropic", "A company of many people.")) == {}


def test_only_the_best_passages_name() -> None:
    before = [(f"Filler {number}", "Nothing.") for number in range(NAMING)]
    assert lifted(*before, ("Claude", CLAUDE), ("Anthropic", "Founded in 2021.")) == {}
    assert lifted(*before[1:], ("Claude", CLAUDE), ("Anthropic", "Founded in 2021.")) == {"Anthropic": 0.3}


def test_the_article_of_the_best_passage_is_not_lifted() -> None:
    assert lifted(("Claude", "Founded long ago."), ("Anthropic", "Anthropic made the model Claude.")) == {}


def test_an_article_that_names_itself_lifts_none_of_its_passages() -> None:
    assert lifted(("Claude", "Old."), ("Anthropic", "We at Anthropic."), ("Anthropic: more", "Founded in 2021.")) == {}


@pytest.mark.parametrize("text", ["Claude is old. Nice is a city.", "It was nice.", "The Nicer one.", "# Nice\n\nNo."])
def test_a_word_that_only_looks_like_a_name_names_nothing(text: str) -> None:
    assert lifted(("Claude", text), ("Nice", "Founded long ago.")) == {}


@pytest.mark.parametrize("title", ["Nice (programme)", "Nice: a history", "Nice | Home", "Nice – a history"])
def test_a_title_counts_without_what_explains_it(title: str) -> None:
    assert lifted(("Claude", "It runs in Nice now."), (title, "Founded long ago.")) == {title: 0.3}


def test_a_name_of_two_words_may_begin_a_sentence() -> None:
    assert lifted(("Claude", "It runs. Open Models do too."), ("Open Models", "Founded.")) == {"Open Models": 0.3}


def test_titles_too_short_or_in_small_letters_name_nothing() -> None:
    assert lifted(("Claude", "It is an LLM of some kind."), ("LLM", "Founded."), ("kind", "Founded.")) == {}
