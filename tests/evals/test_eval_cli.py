"""``footnote eval`` as typed: exit codes, one JSON value, and a baseline that moves by command only."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from evals.pytest_plugin import Evaluate, footnote_eval
from tests.evals.conftest import CASES
from tests.ui.conftest import Run, footnote

__all__ = ["footnote", "footnote_eval"]

Write = Callable[..., Path]
WRONG = CASES[0] | {
    "id": "yeast", "question": "Is bread baked from flour and water?",
    "articles": ["tea"], "facts": ["dried leaves at 80"],
}  # fmt: skip


def test_a_suite_that_passes_ends_with_0_and_leaves_every_report(footnote: Run, written: Write, tmp_path: Path) -> None:
    code, out, err = footnote("eval", "run", str(written()), "--out", str(tmp_path / "run"))
    assert code == 0
    assert "extractive: 3 cases: 3 pass, 0 fail, 0 stale, 0 error, 0 skipped" in out
    assert "The gate is open" in out
    assert "3 of 3: 3 pass" in err
    names = {path.name for path in (tmp_path / "run").iterdir()}
    assert names == {"results.jsonl", "results.csv", "junit.xml", "summary.md", "report.html"}


def test_a_closed_gate_ends_with_100_until_the_run_is_accepted(footnote: Run, written: Write, tmp_path: Path) -> None:
    suite, out = str(written(*CASES, WRONG)), str(tmp_path / "run")
    code, told, _ = footnote("eval", "run", suite, "--out", out, "--json")
    found = json.loads(told)
    assert (code, found["gate"], found["counts"]["extractive"]["fail"]) == (100, "closed", 1)
    code, _, err = footnote("eval", "accept", out, suite)
    assert code == 0
    assert "accepted.json" in err
    code, told, _ = footnote("eval", "run", suite, "--out", out, "--resume")
    assert code == 0
    assert "1 accepted failures" in told


def test_a_model_whose_server_is_down_ends_with_3(footnote: Run, written: Write, tmp_path: Path) -> None:
    code, out, err = footnote("eval", "run", str(written()), "--model", "local", "--out", str(tmp_path / "run"))
    assert code == 3
    assert "2 error" in out
    assert "error: local wrote no answer" in err


def test_a_broken_suite_is_not_run_and_ends_with_2(footnote: Run, written: Write, tmp_path: Path) -> None:
    suite = str(written(CASES[0] | {"facts": ["made of gold"]}))
    code, _, err = footnote("eval", "run", suite, "--out", str(tmp_path / "run"))
    assert code == 2
    assert "no acceptable article says 'made of gold'" in err
    code, out, _ = footnote("eval", "check", suite, "--json")
    assert code == 1
    assert json.loads(out)["kitchen-suite"]["problems"] == ["bread: no acceptable article says 'made of gold'"]


def test_a_run_is_accepted_only_with_the_files_of_its_suites(footnote: Run, written: Write, tmp_path: Path) -> None:
    footnote("eval", "run", str(written()), "--out", str(tmp_path / "run"))
    code, _, err = footnote("eval", "accept", str(tmp_path / "run"))
    assert code == 1
    assert "kitchen" in err


def test_the_fixture_gives_the_gate_to_pytest(
    footnote_eval: Evaluate, written: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FOOTNOTE_EMBEDDER", "hashing")
    assert footnote_eval(str(written())).open
    closed = footnote_eval(str(written(WRONG)))
    assert not closed.open
    assert "yeast" in closed.verdict
