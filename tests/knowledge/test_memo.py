"""A memo asks once, asks for what is missing only, keeps the order asked for and does not grow for ever."""

from knowledge.memo import Memo


class Shelf:
    """Finds even numbers; ``asked`` is what it was asked for."""

    def __init__(self) -> None:
        self.asked: list[list[int]] = []

    def __call__(self, wanted: list[int]) -> dict[int, str]:
        """Those it has, in an order of its own."""
        self.asked.append(wanted)
        return {number: f"number {number}" for number in sorted(wanted) if number % 2 == 0}


def test_one_is_asked_once() -> None:
    memo, found = Memo(), iter(["first", "second"])
    assert [memo.one("name", lambda: next(found)) for _ in range(2)] == ["first", "first"]
    assert memo.one("another", lambda: next(found)) == "second"


def test_nothing_is_an_answer_as_well() -> None:
    memo, found = Memo(), iter([None, "late"])
    assert [memo.one("name", lambda: next(found)) for _ in range(2)] == [None, None]


def test_each_asks_for_what_is_missing_and_keeps_the_order() -> None:
    memo, shelf = Memo(), Shelf()
    assert list(memo.each("kind", [4, 2, 4], shelf)) == [4, 2]
    assert list(memo.each("kind", [2, 6, 4], shelf).items()) == [(2, "number 2"), (6, "number 6"), (4, "number 4")]
    assert shelf.asked == [[4, 2], [6]]


def test_what_is_not_found_is_left_out_and_asked_again() -> None:
    memo, shelf = Memo(), Shelf()
    assert [memo.each("kind", [1, 2], shelf) for _ in range(2)] == [{2: "number 2"}] * 2
    assert shelf.asked == [[1, 2], [1]]


def test_a_full_kind_begins_anew_and_still_answers_in_full() -> None:
    memo, shelf = Memo(), Shelf()
    memo.each("kind", [2, 4], shelf, most=3)
    memo.each("other", [2], shelf, most=3)
    assert list(memo.each("kind", [2, 6, 8], shelf, most=3)) == [2, 6, 8]
    assert shelf.asked == [[2, 4], [2], [2, 6, 8]]
    memo.each("other", [2], shelf, most=3)
    assert len(shelf.asked) == 3
