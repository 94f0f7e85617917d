"""A steady model: tried again before its first word only, stopped, cut, left alone while it is down."""

from collections.abc import Iterable
from typing import Literal

import pytest

from assistant.models.breaker import FAILURES, REST, Breaker
from assistant.models.call import Call, Stop
from assistant.models.model import MOST_TOKENS, ModelFailed, ScriptedModel, Stream
from assistant.models.steady import PASSING, PAUSES, Steady


class Moody:
    """A model that fails with each of ``moods`` in turn before it says its word."""

    name = "moody"
    kind: Literal["local", "closed"] = "local"
    stays_here = True
    window = 100

    def __init__(self, moods: Iterable[str], says: str = "word", retry_after: float = 0.0) -> None:
        self._moods = list(moods)
        self._says = says
        self._retry_after = retry_after
        self.asked = 0

    def stream(self, system: str, user: str, call: Call) -> Stream:
        """The next mood, or the word."""
        self.asked += 1
        if self._moods:
            raise ModelFailed(self._moods.pop(0), self._retry_after)
        yield self._says


def steady(model: Moody | ScriptedModel, breaker: Breaker | None = None, seconds: float = 60) -> Steady:
    return Steady(model, breaker or Breaker(lambda: False), seconds)


@pytest.mark.parametrize("mood", sorted(PASSING))
def test_what_passes_is_tried_again(mood: str) -> None:
    model = Moody([mood] * len(PAUSES))
    assert list(steady(model).stream("s", "u", Call())) == ["word"]
    assert model.asked == len(PAUSES) + 1


@pytest.mark.parametrize(
    "mood", ["model missing", "rate limited", "timed out", "refused the request", "prompt too long"]
)
def test_what_does_not_pass_is_not(mood: str) -> None:
    model = Moody([mood])
    with pytest.raises(ModelFailed, match=mood):
        list(steady(model).stream("s", "u", Call()))
    assert model.asked == 1


def test_it_is_not_tried_for_ever() -> None:
    model = Moody(["busy"] * 9)
    with pytest.raises(ModelFailed, match="busy"):
        list(steady(model).stream("s", "u", Call()))
    assert model.asked == len(PAUSES) + 1


def test_nothing_is_tried_again_after_the_first_word() -> None:
    model = ScriptedModel(["one"], fails="connection lost")
    pieces: list[str] = []
    with pytest.raises(ModelFailed, match="connection lost"):
        pieces.extend(steady(model).stream("s", "u", Call()))
    assert (pieces, len(model.asked)) == (["one"], 1)


def test_nothing_is_tried_again_when_the_time_is_over_or_the_reader_left() -> None:
    late, left = Moody(["busy"] * 9), Moody(["busy"] * 9)
    with pytest.raises(ModelFailed, match="busy"):
        list(steady(late, seconds=0).stream("s", "u", Call()))
    stop = Stop()
    stop.set()
    with pytest.raises(ModelFailed, match="stopped"):
        list(steady(left).stream("s", "u", Call(stop)))
    assert (late.asked, left.asked) == (1, 1)


def test_an_answer_without_an_end_is_cut() -> None:
    pieces: list[str] = []
    with pytest.raises(ModelFailed, match="endless answer"):
        pieces.extend(steady(ScriptedModel(["on and on "] * 100_000)).stream("s", "u", Call()))
    assert MOST_TOKENS < len("".join(pieces)) < 20 * MOST_TOKENS
    with pytest.raises(ModelFailed, match="endless answer"):
        list(steady(ScriptedModel(["x" * 10_000_000])).stream("s", "u", Call()))


def test_a_model_that_is_down_is_left_alone() -> None:
    model = Moody(["timed out"] * 9)
    breaker = Breaker(lambda: False)
    for _ in range(FAILURES):
        with pytest.raises(ModelFailed, match="timed out"):
            list(steady(model, breaker).stream("s", "u", Call()))
    with pytest.raises(ModelFailed, match="resting"):
        list(steady(model, breaker).stream("s", "u", Call()))
    assert model.asked == FAILURES


def test_what_is_not_the_servers_fault_does_not_open_the_breaker() -> None:
    breaker = Breaker(lambda: False)
    for _ in range(2 * FAILURES):
        with pytest.raises(ModelFailed, match="model missing"):
            list(steady(Moody(["model missing"]), breaker).stream("s", "u", Call()))
    assert breaker.allows()


@pytest.mark.parametrize(
    ("mood", "retry_after", "rest"), [("rate limited", 60, 60), ("rate limited", 0, REST), ("busy", 60, 60)]
)
def test_a_server_that_asked_to_be_left_alone_is_asked_once_and_then_no_more_till_the_time_is_over(
    mood: str, retry_after: float, rest: float
) -> None:
    now = [0.0]
    model, breaker = Moody([mood], retry_after=retry_after), Breaker(lambda: True, lambda: now[0])
    with pytest.raises(ModelFailed, match=mood):
        list(steady(model, breaker).stream("s", "u", Call()))
    now[0] = rest - 1
    with pytest.raises(ModelFailed, match="resting"):
        list(steady(model, breaker).stream("s", "u", Call()))
    assert model.asked == 1
    now[0] = rest
    assert list(steady(model, breaker).stream("s", "u", Call())) == ["word"]


def test_thoughts_aloud_are_no_text() -> None:
    assert (
        "".join(steady(ScriptedModel(["<thi", "nk>Hm. [1]</think>", "Yes. [1]"])).stream("s", "u", Call()))
        == "Yes. [1]"
    )
