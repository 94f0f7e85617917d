"""Groups of articles that repeat each other, and which of them speaks."""

from dataclasses import replace

from knowledge.aliases import canonicals, one_of_a_group
from tests.assistant.hits import make_hit

HIT = make_hit("Text.")
HEAD = {"short": "long", "long": "long"}


def test_pairs_that_hang_together_are_a_group_led_by_the_longest() -> None:
    lengths = {"a": 1, "b": 3, "c": 2, "x": 5, "y": 5}
    assert canonicals([("a", "b"), ("c", "b"), ("y", "x")], lengths) == {
        "a": "b", "b": "b", "c": "b", "x": "x", "y": "x",
    }  # fmt: skip
    assert canonicals([], {}) == {}


def test_the_canonical_article_speaks_where_it_is_as_good() -> None:
    short, long = replace(HIT, article_id="short", score=1.0), replace(HIT, article_id="long", score=0.97)
    assert one_of_a_group([short, long], HEAD) == [replace(long, score=1.0)]


def test_another_speaks_where_it_is_better() -> None:
    short, long = replace(HIT, article_id="short", score=1.0), replace(HIT, article_id="long", score=0.5)
    assert one_of_a_group([short, long], HEAD) == [short]
    assert one_of_a_group([short], HEAD) == [short]


def test_articles_of_no_group_are_left_alone() -> None:
    one, other = replace(HIT, article_id="a", score=1.0), replace(HIT, article_id="b", score=0.9)
    assert one_of_a_group([one, other], HEAD) == [one, other]
