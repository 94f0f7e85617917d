"""The gate: one rule, and only the explicit command moves the baseline."""

from pathlib import Path
from xml.etree import ElementTree as xml

import pytest

from evals.baseline import FILE, Accepted, accept, checks, moved, read_accepted, verdict
from evals.reports.junit import junit
from evals.results import Run
from knowledge.errors import UsageError
from tests.evals.rows import made, row

GOOD = made(row("a"), row("b"))
KNOWN: Accepted = {"kitchen": {"extractive": {"cases": 2, "failures": ["b"], "metrics": {"fact_recall": 0.5}}}}


def red(run: Run, accepted: Accepted | None = None) -> list[tuple[str, str]]:
    found = checks(run, accepted or {})
    closed = [check for check in found if check.red]
    document = xml.fromstring(junit(found))  # noqa: S314 (our own)
    failing = document.findall(".//failure") + document.findall(".//error")
    assert len(failing) == len(closed)  # JUnit and the gate are of one mind
    assert verdict(found).startswith("The gate is closed" if closed else "The gate is open")
    return [(check.name, check.judgement) for check in closed]


def test_without_a_baseline_every_case_must_pass() -> None:
    assert red(GOOD) == []
    assert red(made(row("a"), row("b", "fail"))) == [("b", "fail")]


def test_an_accepted_failure_is_told_and_does_not_close_the_gate() -> None:
    run = made(row("a"), row("b", "fail"))
    assert red(run, KNOWN) == []
    assert "1 accepted failures" in verdict(checks(run, KNOWN))


def test_another_case_that_fails_closes_it_even_when_the_figures_stay() -> None:
    assert red(made(row("a", "fail"), row("b")), KNOWN) == [("a", "fail")]


def test_an_error_closes_it_whatever_is_accepted_and_a_skipped_case_does_not() -> None:
    assert red(made(row("a"), row("b", "error", metrics={})), KNOWN) == [("b", "error")]
    assert red(made(row("a"), row("b", "skipped", metrics={})), KNOWN) == []


def test_a_metric_that_falls_closes_it_though_every_case_passes() -> None:
    low = made(row("a", metrics={"fact_recall": 0.4}), row("b", metrics={"fact_recall": 0.5}))
    assert red(low, KNOWN) == [("fact_recall", "fail")]
    ((suite, configuration, name, now, known),) = moved(low, KNOWN)
    assert (suite, configuration, name, round(now, 9), known) == ("kitchen", "extractive", "fact_recall", 0.45, 0.5)
    gone = made(row("a", metrics={}), row("b", metrics={}))
    assert red(gone, KNOWN) == []  # nothing was answered rightly or wrongly


def test_of_repeats_most_decide() -> None:
    twice = [row("a"), row("a", repeat=2), row("a", "fail", repeat=3)]
    assert red(made(*twice)) == []
    assert red(made(*twice, row("a", "fail", repeat=4))) == [("a", "fail")]


def test_accepting_writes_one_suite_and_configuration_and_leaves_the_others(tmp_path: Path) -> None:
    accept(made(row("a", configuration="other")), "kitchen", tmp_path)
    accept(made(row("a"), row("b", "fail")), "kitchen", tmp_path)
    found = read_accepted([tmp_path])
    assert found["kitchen"].keys() == {"other", "extractive"}
    assert found["kitchen"]["extractive"] == {
        "cases": 2, "failures": ["b"], "metrics": {"fact_recall": 0.5}, "versions": {},
    }  # fmt: skip
    assert red(made(row("a"), row("b", "fail")), found) == []


def test_half_a_run_cannot_be_accepted(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="1 errors or skipped"):
        accept(made(row("a"), row("b", "error")), "kitchen", tmp_path)
    assert not (tmp_path / FILE).exists()


def test_a_baseline_that_is_damaged_is_named(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("{")
    with pytest.raises(UsageError, match=FILE):
        read_accepted([tmp_path])
