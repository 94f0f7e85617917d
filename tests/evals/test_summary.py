"""Summaries: nothing is dropped, repeats count once, and the knob's curve runs from all to nothing."""

from evals.curve import at, curve
from evals.summary import slices, summarise
from tests.evals.rows import row


def test_every_kind_of_outcome_has_its_count() -> None:
    one = summarise("all", [row("a"), row("b", "fail"), row("c", "error"), row("d", "skipped")])
    assert one.told == "1 pass, 1 fail, 0 stale, 1 error, 1 skipped"
    assert one.cases == 4


def test_a_case_asked_twice_counts_once_with_the_mean_of_its_values() -> None:
    one = summarise("all", [row("a"), row("a", "fail", repeat=2), row("b")])
    assert (one.cases, one.figures["fact_recall"].mean, one.figures["fact_recall"].cases) == (2, 0.75, 2)


def test_slices_are_by_suite_language_answer_and_tag() -> None:
    names = [one.name for one in slices([row("a"), row("b", language="nl", tags=("number", "list"), answerable=False)])]
    assert names == [
        "suite: kitchen", "language: en", "language: nl", "answerable: no", "answerable: yes", "tag: list",
        "tag: number",
    ]  # fmt: skip


def test_the_curve_runs_from_answering_all_to_answering_nothing() -> None:
    rows = [row("a", confidence=0.9), row("b", confidence=0.3), row("c", confidence=0.5, answerable=False)]
    points = curve(rows)
    assert (points[0].coverage, points[0].false_answers) == (1.0, 1.0)
    assert (points[-1].coverage, points[-1].false_answers) == (0.0, 0.0)
    knob = at(rows, 0.6)
    assert knob is not None
    assert (knob.coverage, knob.false_answers) == (0.5, 0.0)
    assert at(rows[:2], 0.5) is None
