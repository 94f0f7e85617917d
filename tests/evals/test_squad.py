"""Sets in SQuAD's form become suites that pass the validator and run."""

import json
from pathlib import Path

import pytest

from evals.squad import convert
from evals.suites import load
from evals.validator import Checked, checked
from knowledge.errors import UsageError
from tests.ui.conftest import Run, footnote

__all__ = ["footnote"]

BREAD = "Bread is baked from flour, water and salt. It has been known for 14,000 years."
QUESTIONS = [
    {"id": "1", "question": "What is bread  baked from?", "answers": [{"text": "flour, water"}, {"text": "flour"}]},
    {"id": "2", "question": "Who won the Monaco motor race?", "answers": [], "is_impossible": True},
    {"id": "3", "question": "what is bread baked from?", "answers": [{"text": "flour"}]},
    {"id": "4", "question": "How long has it been known?", "answers": [{"text": "14,00"}]},
]  # fmt: skip


@pytest.fixture
def squad(tmp_path: Path) -> Path:
    entry = {"title": "Bread: a history", "paragraphs": [{"context": BREAD, "qas": QUESTIONS}]}
    path = tmp_path / "small.json"
    path.write_text(json.dumps({"data": [entry]}), encoding="utf-8")
    return path


def test_a_set_becomes_a_suite_with_articles_and_repeated_questions_are_told(squad: Path, tmp_path: Path) -> None:
    made = convert(squad, tmp_path / "made")
    suite = load(made.suite)
    assert (suite.name, made.repeated, made.unsaid) == ("small", 1, 1)
    assert checked(made.suite) == Checked(2, [])
    assert [(case.id, case.asked, case.facts, case.answerable) for case in suite.cases] == [
        ("1", "What is bread baked from?", ("flour",), True),
        ("2", "Who won the Monaco motor race?", (), False),
    ]


def test_the_suite_runs_like_any_other(footnote: Run, squad: Path, tmp_path: Path) -> None:
    code, out, err = footnote("eval", "squad", str(squad), "--out", str(tmp_path / "made"))
    assert code == 0
    assert "1 questions that were asked before are left out" in err
    assert "1 questions are left out, as their answers are no whole words" in err
    code, out, _ = footnote("eval", "run", out.strip(), "--out", str(tmp_path / "run"))
    assert code == 0
    assert "2 pass" in out


@pytest.mark.parametrize("text", ["", "[]", '{"data": [{"paragraphs": [{"context": "x", "qas": [{}]}]}]}', "{}"])
def test_a_file_that_is_no_such_set_is_told_apart(tmp_path: Path, text: str) -> None:
    path = tmp_path / "bad.json"
    path.write_text(text)
    with pytest.raises(UsageError, match="not in SQuAD's form"):
        convert(path, tmp_path / "made")
