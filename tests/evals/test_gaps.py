"""Gaps: what was refused, barely answered or rated down, in topics, and which gaps a new article closed."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.feedback import Feedback, Rating
from assistant.ledger import Entry, Ledger
from assistant.settings import ASSISTANT
from assistant.traces import Trace, Traces
from assistant.wiring import make_assistant, unrecorded
from evals.validator import checked
from evals.watch.closing import again, remembered
from evals.watch.gaps import Gap, asked_again, gaps, page
from evals.watch.visitors import Unmet, unmet
from knowledge.hashing_embedder import HashingEmbedder
from knowledge.wiring import Knowledge
from tests.evals.answers import answer, cite
from tests.ui.conftest import Run, folder, footnote
from ui.opened import open_catalogue

__all__ = ["folder", "footnote"]

NOON = "2026-11-24T10:00:00+00:00"
SENTENCE = "Bread is baked from flour, water and salt."


def trace(question: str, at: str = NOON, *articles: str, sure: float = 0.1, answered: bool = False) -> Trace:
    record: dict[str, Any] = {
        "hits": [{"article_id": name} for name in articles], "signals": {"threshold": 0.35}, "answer": "So.",
    }  # fmt: skip
    return Trace(f"{question}{at}", question, "en", answered, sure, record, at)


def refused(question: str, at: str = NOON, *articles: str) -> Unmet:
    return Unmet(trace(question, at, *articles), "refused")


def test_wordings_of_one_question_are_one_gap_and_the_most_asked_comes_first() -> None:
    found = gaps(
        [
            refused("who sails ships", "2026-11-20T10:00:00+00:00", "sea"),
            refused("what does parking cost", "2026-11-21T10:00:00+00:00", "cars", "cars", "town"),
            refused("parking cost", "2026-11-22T10:00:00+00:00", "town"),
            Unmet(trace("what does parking cost", "2026-11-23T10:00:00+00:00", "town"), "unsure"),
        ],
        HashingEmbedder(),
    )
    assert [(gap.questions, gap.count, gap.signals) for gap in found] == [
        (("what does parking cost", "parking cost"), 3, {"refused": 2, "unsure": 1}),
        (("who sails ships",), 1, {"refused": 1}),
    ]
    assert found[0].nearest == ("town", "cars")
    assert (found[0].first[:10], found[0].last[:10]) == ("2026-11-21", "2026-11-23")
    assert gaps([], HashingEmbedder()) == []


def test_of_two_refusals_in_one_second_the_later_one_is_the_last(base: Knowledge) -> None:
    traces = Traces(base.catalogue.engine, 30)
    for name in ("b", "a"):
        traces.keep(replace(trace("who sails ships", NOON, "sea"), trace_id=name))
    (gap,) = gaps(unmet(traces, Feedback(base.catalogue.engine), ""), HashingEmbedder())
    assert gap.trace_id == "a"


def test_a_gap_is_known_by_a_refusal_a_barely_supported_answer_or_a_bad_rating(base: Knowledge) -> None:
    traces, feedback = Traces(base.catalogue.engine, 30), Feedback(base.catalogue.engine)
    asked = [
        trace("refused?", NOON, "a"), trace("barely?", NOON, "a", sure=0.4, answered=True),
        trace("disliked?", NOON, "a", sure=0.9, answered=True),
        trace("liked?", NOON, "a", sure=0.9, answered=True), trace("hello"),
        trace("long ago?", "2020-01-01T00:00:00+00:00", "a"),
    ]  # fmt: skip
    for one in asked:
        traces.keep(one)
    feedback.rate(Rating(asked[2].trace_id, "down", at=NOON))
    feedback.rate(Rating(asked[3].trace_id, "up", at=NOON))
    found = {one.trace.question: one.signal for one in unmet(traces, feedback, "2026-11-01")}
    assert found == {"refused?": "refused", "barely?": "unsure", "disliked?": "rated down"}


def test_asking_again_closes_what_is_answered_surely_and_not_as_it_was_disliked() -> None:
    disliked = Unmet(trace("ships", sure=0.9, answered=True), "rated down")
    found = gaps([refused("tea"), disliked], HashingEmbedder())
    sure, barely = answer(SENTENCE, cite(1, SENTENCE)), answer(SENTENCE, cite(1, SENTENCE), confidence=0.4)
    same, no = answer("So.", cite(1, SENTENCE)), answer("No.")

    def closed(now: Any) -> dict[str, bool | None]:
        return {gap.questions[0]: gap.closed for gap in asked_again(found, lambda text: now, 0.35)}

    assert closed(sure) == {"tea": True, "ships": True}
    assert closed(same) == {"tea": True, "ships": False}
    assert closed(barely) == closed(no) == {"tea": False, "ships": False}


def test_the_page_shows_what_visitors_typed_as_text() -> None:
    text = page(gaps([refused("<script>alert(1)</script> parking")], HashingEmbedder()))
    assert "&lt;script&gt;alert(1)&lt;/script&gt; parking" in text
    assert "<script" not in text
    assert "1 refused" in text


def entries(data: Path) -> list[Entry]:
    """The owner's ledger."""
    with open_catalogue(data) as catalogue:
        return Ledger(catalogue.engine).rows()


def test_a_refused_question_is_a_gap_until_an_article_answers_it(footnote: Run, folder: Path, tmp_path: Path) -> None:
    footnote("ingest", str(folder))
    assert footnote("gaps")[1] == "nobody went away without an answer in 30 days\n"
    footnote("ask", "Who brews tea from dried leaves?")
    footnote("ask", "What is bread baked from?")
    code, out, _ = footnote("gaps", "--json")
    (gap,) = json.loads(out)["gaps"]
    assert (code, gap["questions"], gap["count"]) == (0, ["Who brews tea from dried leaves?"], 1)
    assert (gap["nearest"], gap["signals"], gap["closed"]) == (["bread"], {"refused": 1}, None)
    (folder / "tea.md").write_text("# Tea\n\nThe cook brews tea from dried leaves.\n", encoding="utf-8")
    footnote("ingest", str(folder))
    before = entries(tmp_path / "data")
    (gap,) = json.loads(footnote("gaps", "--json")[1])["gaps"]
    assert (gap["count"], gap["closed"]) == (1, True)  # asking again leaves no trace
    code, out, _ = footnote("gaps", "--again")
    assert code == 0
    assert "closed" in out
    assert (len(before), entries(tmp_path / "data")) == (2, before)  # nor does it enter the ledger


def test_every_ingest_that_changes_something_says_which_gaps_closed_and_keeps_no_question(
    footnote: Run, folder: Path, tmp_path: Path
) -> None:
    told = "gaps: {} of 1 topics that visitors asked in vain are answered now"
    assert "gaps:" not in footnote("ingest", str(folder))[2]  # nobody asked yet
    footnote("ask", "Who brews tea from dried leaves?")
    assert "gaps:" not in footnote("ingest", str(folder))[2]  # nothing changed
    (folder / "sea.md").write_text("# Sea\n\nShips sail the sea.\n", encoding="utf-8")
    assert told.format(0) in footnote("ingest", str(folder))[2]
    assert json.loads(footnote("gaps", "--json")[1])["gaps"][0]["closed"] is False
    (folder / "tea.md").write_text("# Tea\n\nThe cook brews tea from dried leaves.\n", encoding="utf-8")
    err = footnote("ingest", str(folder))[2]
    assert told.format(1) in err
    assert "gap closed: 'Who brews tea from dried leaves?'" in err
    assert "tea" not in (tmp_path / "data" / "gaps.json").read_text(encoding="utf-8")
    (folder / "sea.md").unlink()
    err = footnote("ingest", str(folder), "--max-loss", "100")[2]
    assert told.format(1) in err
    assert "gap closed" not in err  # told once
    (folder / "tea.md").unlink()
    assert told.format(0) in footnote("ingest", str(folder), "--max-loss", "100")[2]
    footnote("ask", "Who brews tea from dried leaves?")
    assert json.loads(footnote("gaps", "--json")[1])["gaps"][0]["closed"] is None  # asked since


def test_asking_some_gaps_again_forgets_nothing_of_the_others(base: Knowledge, ingest: Callable[..., Any]) -> None:
    ingest(tea="# Tea\n\nThe cook brews tea from dried leaves.")
    settings = {setting.name: setting for setting in ASSISTANT}
    assistant = make_assistant(base, settings, books=unrecorded(base))

    def gap(text: str) -> Gap:
        return Gap((text,), "en", 1, {}, "", "", (), trace_id=text)

    tea, moon = gap("Who brews tea from dried leaves?"), gap("Who walked on the moon first?")
    again([tea], assistant, base.folder)
    again([moon], assistant, base.folder)
    assert [one.closed for one in remembered([tea, moon], base.folder)] == [True, False]
    again([moon], assistant, base.folder, {})
    assert [one.closed for one in remembered([tea, moon], base.folder)] == [None, False]


def test_gaps_become_cases_to_be_refused_until_the_owner_says_otherwise(
    footnote: Run, folder: Path, tmp_path: Path
) -> None:
    footnote("ingest", str(folder))
    footnote("ask", "Who brews tea from dried leaves?")
    given = tmp_path / "gaps.json"
    given.write_text(footnote("gaps", "--json")[1], encoding="utf-8")
    code, out, _ = footnote("eval", "draft", str(folder), "--gaps", str(given))
    case = next(case for case in yaml.safe_load(out)["cases"] if "visitor" in case["tags"])
    assert (code, case["question"], case["answerable"]) == (0, "Who brews tea from dried leaves?", False)
    assert (case["articles"], case["tags"]) == (["bread"], ["drafted", "visitor", "refused"])
    suite = tmp_path / "suite.yaml"
    suite.write_text(out, encoding="utf-8")
    assert checked(suite).problems == []


@pytest.mark.parametrize("text", ["", "[]", '{"gaps": [{"questions": []}]}', '{"gaps": 1}'])
def test_gaps_that_are_none_are_a_usage_error(footnote: Run, folder: Path, tmp_path: Path, text: str) -> None:
    (tmp_path / "gaps.json").write_text(text)
    code, _, err = footnote("eval", "draft", str(folder), "--gaps", str(tmp_path / "gaps.json"))
    assert code == 2
    assert "is not what footnote gaps --json writes" in err


@pytest.mark.parametrize("days", ["0", "-1", "x"])
def test_days_that_are_none_are_a_usage_error(footnote: Run, days: str) -> None:
    assert footnote("gaps", "--days", days)[0] == 2
