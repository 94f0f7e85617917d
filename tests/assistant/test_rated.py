"""How well a unit fits a question."""

import pytest

from assistant.cover import Weights
from assistant.intent import Intent, intent_of
from assistant.rated import defines, rate, rated_units
from assistant.units import Unit, units
from tests.assistant.hits import make_page

ABOUT = Weights({"open": 0.5, "model": 0.5})
TEXT = "Open models are free. Open doors let air in. The price of bread is 2 euro."


def sentences(text: str = TEXT, **given: object) -> list[Unit]:
    return list(units(make_page(text, **given)))


def intent(question: str) -> Intent:
    found = intent_of(question)
    assert found
    return found


def score(unit: Unit, found: float = 0.0, asked: Intent | None = None) -> float:
    return rate(unit, found, ABOUT, asked).score


def test_a_unit_scores_by_the_share_of_the_topic_it_says() -> None:
    assert [score(unit) for unit in sentences()] == pytest.approx([0.7, 0.35, 0.0])


def test_what_stands_over_a_unit_counts_less_than_its_own_words() -> None:
    assert [score(unit) for unit in sentences(section="Open models")] == pytest.approx([0.7, 0.5, 0.3])


def test_the_hit_it_was_found_in_counts() -> None:
    one = sentences()[0]
    assert score(one, 1.0) - score(one) == pytest.approx(0.3)


def test_a_figure_counts_where_one_is_asked_for() -> None:
    with_figure, without = sentences()[2], sentences()[1]
    asked = intent("How much is an open model?")
    assert score(with_figure, 0.0, asked) - score(with_figure) == pytest.approx(0.2)
    assert score(without, 0.0, asked) == pytest.approx(score(without))


def test_a_unit_without_the_questions_year_fits_less() -> None:
    weights = Weights({"robots": 0.9, "2024": 0.1})
    one, other, headed = (
        *sentences("Robots ate 2 apples in 2024. Robots ate 3 apples in 2025."),
        *sentences("Robots ate 3 apples.", section="2024"),
    )
    with_year, without, below = (rate(unit, 0.0, weights, None).score for unit in (one, other, headed))
    assert without < below < with_year
    assert with_year - without > 0.15


def test_a_definition_counts_most_where_one_is_asked_for() -> None:
    asked = intent("What is an open model?")
    says, about = sentences("Open models are free. Nobody owns or sells to you what people call open models.")
    assert score(says, 0.0, asked) > score(about, 0.0, asked) + 0.3
    assert score(says) == pytest.approx(score(about))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Open models are free.", True),
        ("Open models — anyone may download them.", True),
        ("Download — of the open models.", False),
        ("It is said by some people who know that open models are free.", False),
        ("Models are free.", False),
    ],
)
def test_a_unit_defines_what_its_first_words_name(text: str, expected: bool) -> None:
    assert defines(sentences(text)[0], ABOUT) is expected


def test_units_come_in_order_of_the_hits_and_of_the_text_with_the_hits_score() -> None:
    hits = [make_page("Two. Three.", score=0.5), make_page("One.", score=0.9, article_id="b")]
    found = [(one.unit.text, one.found) for one in rated_units(hits, ABOUT, None)]
    assert found == [("Two.", 0.5), ("Three.", 0.5), ("One.", 0.9)]


def test_what_stands_below_a_heading_that_offers_what_is_asked_for_fits_better() -> None:
    asked = intent("Why are models open?")
    below, elsewhere = (
        rated_units([make_page(TEXT, section=section)], ABOUT, asked)[0].score
        for section in ("Bread > Why it is so", "Why > Of bread")
    )
    assert below - elsewhere == pytest.approx(0.15)


def test_a_name_of_two_words_counts_where_someone_is_asked_for() -> None:
    asked = intent("Who opened the model?")
    named, other = sentences("It was Ada Lovelace. It was Monday.")
    assert score(named, 0.0, asked) - score(other, 0.0, asked) == pytest.approx(0.1)
