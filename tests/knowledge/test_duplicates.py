"""The same passage on two pages is found once."""

from knowledge.duplicates import collapsed
from tests.assistant.hits import make_hit

TEXT = "Oil the chain each month and wipe it dry with an old cloth before you ride in the rain on a cold day"
FIRST = make_hit(TEXT, article_id="first")
OTHER = make_hit("A colony has one queen.", article_id="bees")


def test_of_equal_passages_the_first_stays() -> None:
    copy = make_hit(FIRST.text.upper(), article_id="copy")
    assert collapsed([FIRST, copy, OTHER], 5) == [FIRST, OTHER]


def test_one_word_more_says_the_same_and_four_more_or_two_others_do_not() -> None:
    near, longer = make_hit(f"{TEXT} again"), make_hit(f"{TEXT} and never use water")
    other = make_hit(TEXT.replace("month", "week").replace("cloth", "brush"))
    assert collapsed([FIRST, near, longer, other], 5) == [FIRST, longer, other]


def test_a_passage_inside_a_longer_one_says_less() -> None:
    part = make_hit("Oil the chain")
    assert collapsed([FIRST, part], 5) == [FIRST, part]


def test_as_many_are_kept_as_asked_for_and_duplicates_do_not_count() -> None:
    assert collapsed([FIRST, FIRST, OTHER, make_hit("Bake bread.")], 2) == [FIRST, OTHER]
    assert collapsed([FIRST], 0) == collapsed([], 3) == []
