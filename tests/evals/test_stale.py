"""Stale cases: named wherever a case is, never mixed with failures, fresh again once mended or accepted."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from evals.baseline import accept, checks, read_accepted
from evals.reports.junit import junit
from evals.reports.markdown import markdown
from evals.stale import changed, digest, seen
from evals.suites import load
from evals.summary import summarise
from evals.validator import checked, read_articles
from tests.evals.conftest import CASES, TEA
from tests.evals.rows import made, row
from tests.ui.conftest import Run, footnote

__all__ = ["footnote"]

Write = Callable[..., Path]
OLD = row("tea", "stale", articles=("tea",), versions={"tea": "1"}, changed=("tea",), metrics={"fact_recall": 0.0})


@pytest.fixture
def drafted(written: Write, kitchen: Path) -> Path:
    """The standard suite, its case on tea drafted against the article as it is."""
    tea = read_articles(kitchen)["tea"]
    return written(CASES[0], CASES[1] | {"versions": {"tea": digest(tea)}}, CASES[2])


def test_a_drafted_case_whose_article_says_something_else_is_stale_and_not_broken(
    footnote: Run, drafted: Path, kitchen: Path, tmp_path: Path
) -> None:
    assert checked(drafted).stale == []
    (kitchen / "tea.md").write_text(TEA.replace("80", "95"), encoding="utf-8")
    found = checked(drafted)
    assert found.problems == []
    assert found.stale == [
        "tea: tea changed since the case was drafted or accepted; no acceptable article says '80 degrees'"
    ]
    code, out, _ = footnote("eval", "check", str(drafted))
    assert (code, "1 stale" in out, "stale: tea: tea changed" in out) == (0, True, True)
    code, out, _ = footnote("eval", "run", str(drafted), "--out", str(tmp_path / "run"))
    assert code == 100
    assert "2 pass, 0 fail, 1 stale, 0 error" in out
    assert "stale: kitchen tea: tea changed since the case was drafted or accepted" in out


def test_a_case_that_passes_all_the_same_is_named_and_the_gate_stays_open(
    footnote: Run, drafted: Path, kitchen: Path, tmp_path: Path
) -> None:
    (kitchen / "tea.md").write_text(f"{TEA}\nIt came from China.\n", encoding="utf-8")
    code, out, _ = footnote("eval", "run", str(drafted), "--out", str(tmp_path / "run"), "--json")
    found = json.loads(out)
    assert (code, found["counts"]["extractive"]["pass"]) == (0, 3)
    assert found["stale"] == ["kitchen tea: tea changed since the case was drafted or accepted"]


def test_metadata_alone_makes_no_case_stale(drafted: Path, kitchen: Path) -> None:
    (kitchen / "tea.md").write_text(f"---\ntags: [drinks]\n---\n{TEA}", encoding="utf-8")
    assert checked(drafted).stale == []


def test_an_article_that_is_gone_makes_its_cases_stale(drafted: Path, kitchen: Path) -> None:
    (kitchen / "tea.md").unlink()
    assert "there is no article 'tea'" in checked(drafted).stale[0]


def test_accepting_notes_todays_articles_and_makes_a_case_fresh_again(
    footnote: Run, written: Write, kitchen: Path, tmp_path: Path
) -> None:
    suite, out = written(), str(tmp_path / "run")
    footnote("eval", "run", str(suite), "--out", out)
    footnote("eval", "accept", out, str(suite))
    (kitchen / "tea.md").write_text(TEA.replace("80", "95"), encoding="utf-8")
    assert len(checked(suite).stale) == 1
    mended = yaml.safe_load(suite.read_text(encoding="utf-8"))
    mended["cases"][1]["facts"] = ["95 degrees"]
    suite.write_text(yaml.safe_dump(mended), encoding="utf-8")
    assert footnote("eval", "run", str(suite), "--out", out)[0] == 0
    footnote("eval", "accept", out, str(suite))
    assert checked(suite).stale == []


def test_what_was_accepted_counts_before_what_was_drafted(drafted: Path) -> None:
    tea = load(drafted).cases[1]
    assert changed(tea, {}, {"tea": "new"}) == ("tea",)
    accepted = seen({"extractive": {"versions": {"tea": "new"}}, "llama": {"versions": {"tea": "older"}}})
    assert changed(tea, accepted, {"tea": "new"}) == ()
    assert changed(tea, accepted, tea.versions) == ("tea",)


def test_a_stale_case_closes_the_gate_under_its_own_name_and_counts_in_no_metric(tmp_path: Path) -> None:
    run = made(row("bread"), OLD)
    (check,) = (one for one in checks(run, {}) if one.red)
    assert check.judgement == "stale"
    assert 'type="stale"' in junit(checks(run, {}))
    assert "## Stale cases\n\n- kitchen tea: tea changed" in markdown(run, checks(run, {}), {})
    assert summarise("all", run.rows).figures["fact_recall"].mean == 1.0
    accept(run, "kitchen", tmp_path)
    known = read_accepted([tmp_path])["kitchen"]["extractive"]
    assert (known["failures"], known["versions"]) == (["tea"], {"tea": "1"})
