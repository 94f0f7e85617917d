"""Comparing two runs: paired by case, and a sentence that claims no more than the cases show."""

from pathlib import Path

import pytest

from evals.compare import compare, rows_of
from evals.results import write, writing
from evals.row import Row
from knowledge.errors import UsageError
from tests.evals.rows import made, row


def side(name: str, passes: int, of: int = 20, **given: object) -> tuple[str, list[Row]]:
    return name, [row(f"c{n:02}", "pass" if n < passes else "fail", **given) for n in range(of)]


def test_a_clear_gain_is_called_better_with_its_numbers() -> None:
    found = compare(side("A", 8), side("B", 18))
    assert found.sentence.startswith(
        "B is better than A: 50.0 points more cases pass, 10 cases gained, 0 lost of 20 (p = 0.002)."
    )
    (facts,) = [delta for delta in found.deltas if delta.metric == "fact_recall"]
    assert (facts.a, facts.b, facts.cases) == (0.4, 0.9, 20)
    assert 0 < facts.interval[0] < 0.5 < facts.interval[1]
    assert facts.p < 0.01


def test_a_clear_loss_is_called_by_its_name_and_a_small_one_is_not() -> None:
    assert compare(side("A", 18), side("B", 8)).sentence.startswith("A is better than B: 50.0 points")
    small = compare(side("A", 10), side("B", 12))
    assert small.sentence.startswith("These cases cannot tell A and B apart: +10.0 points, 2 cases gained, 0 lost")


def test_time_and_money_stand_beside_quality() -> None:
    cheap = side("A", 10, metrics={"total_ms": 20.0, "cost_usd": 0.0})
    dear = side("B", 10, metrics={"total_ms": 900.0, "cost_usd": 0.0123})
    assert "B takes 900 ms a question, A 20. B takes 0.012 dollars a question, A 0." in compare(cheap, dear).sentence


def test_cases_without_an_answer_in_both_are_left_out_and_counted() -> None:
    name, rows = side("B", 10)
    found = compare(side("A", 10), (name, [*rows[:-2], row("c18", "error")]))
    assert (found.cases, found.apart) == (18, 2)
    with pytest.raises(UsageError, match="no answered case in common"):
        compare(side("A", 1, 1), ("B", [row("other")]))


def test_a_side_is_a_run_or_one_configuration_of_it(tmp_path: Path) -> None:
    with writing(tmp_path, dict(made().about), resume=False) as (file, _):
        for name in ("extractive", "small:3b"):
            write(file, row("a", configuration=name))
    assert rows_of(f"{tmp_path}:extractive")[1][0].configuration == "extractive"
    assert rows_of(f"{tmp_path}:small:3b")[1][0].configuration == "small:3b"
    with pytest.raises(UsageError, match="does not name one of extractive, small:3b"):
        rows_of(str(tmp_path))
    with pytest.raises(UsageError, match="does not name one of"):
        rows_of(f"{tmp_path}:other")


def test_it_says_with_which_of_the_two_questions_leave_the_environment() -> None:
    closed = ("closed", [row("c00", answer={"left_environment": True, "confidence": 1.0})])
    told = compare(side("open", 1, 1), closed).sentence
    assert "With closed questions and passages leave your environment." in told
    assert "With open" not in told
