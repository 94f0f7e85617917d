"""Thoughts are taken out of a stream, wherever it is cut."""

from itertools import combinations, pairwise

import pytest

from assistant.models.thoughts import without_thoughts

SAID = "Before.<think>It says [1] so.</think> After [1]. <b> 1 < 2 <th"
CLEAN = "Before. After [1]. <b> 1 < 2 <th"


def test_thoughts_are_gone_wherever_the_stream_is_cut() -> None:
    assert "".join(without_thoughts(SAID)) == CLEAN
    for places in combinations(range(len(SAID) + 1), 2):
        ends = [0, *places, len(SAID)]
        assert "".join(without_thoughts(SAID[start:end] for start, end in pairwise(ends))) == CLEAN


@pytest.mark.parametrize(("said", "clean"), [("a <think>b", "a "), ("</think>a", "</think>a"), ("", "")])
def test_thoughts_without_an_end_take_the_rest(said: str, clean: str) -> None:
    assert "".join(without_thoughts([said])) == clean


def test_what_cannot_be_a_thought_is_not_held_back() -> None:
    stream = without_thoughts(iter(["Data <", "b"]))
    assert next(stream) == "Data "
    assert next(stream) == "<b"
