"""Gaps: refused questions in topics, the nearest articles, and which gaps a new article closed."""

import json
from pathlib import Path
from typing import Any

import pytest

from assistant.traces import Trace
from evals.gaps import asked_again, gaps, page
from knowledge.hashing_embedder import HashingEmbedder
from tests.ui.conftest import Run, folder, footnote

__all__ = ["folder", "footnote"]


def refused(question: str, at: str = "2026-11-24T10:00:00+00:00", *articles: str) -> Trace:
    record: dict[str, Any] = {"hits": [{"article_id": name} for name in articles]}
    return Trace(f"{question}{at}", question, "en", False, 0.1, record, at)


def test_wordings_of_one_question_are_one_gap_and_the_most_asked_comes_first() -> None:
    found = gaps(
        [
            refused("who sails ships", "2026-11-20T10:00:00+00:00", "sea"),
            refused("what does parking cost", "2026-11-21T10:00:00+00:00", "cars", "cars", "town"),
            refused("parking cost", "2026-11-22T10:00:00+00:00", "town"),
            refused("what does parking cost", "2026-11-23T10:00:00+00:00", "town"),
        ],
        HashingEmbedder(),
    )
    assert [(gap.questions, gap.count) for gap in found] == [
        (("what does parking cost", "parking cost"), 3),
        (("who sails ships",), 1),
    ]
    assert found[0].nearest == ("town", "cars")
    assert (found[0].first[:10], found[0].last[:10]) == ("2026-11-21", "2026-11-23")
    assert gaps([], HashingEmbedder()) == []


def test_asking_again_says_which_gaps_closed() -> None:
    found = asked_again(gaps([refused("tea"), refused("ships")], HashingEmbedder()), lambda text: text == "tea")
    assert {gap.questions[0]: gap.closed for gap in found} == {"tea": True, "ships": False}


def test_the_page_shows_what_visitors_typed_as_text() -> None:
    text = page(gaps([refused("<script>alert(1)</script> parking")], HashingEmbedder()))
    assert "&lt;script&gt;alert(1)&lt;/script&gt; parking" in text
    assert "<script" not in text


def test_a_refused_question_is_a_gap_until_an_article_answers_it(footnote: Run, folder: Path) -> None:
    footnote("ingest", str(folder))
    assert footnote("gaps")[1] == "no refused question in 30 days\n"
    footnote("ask", "Who brews tea from dried leaves?")
    footnote("ask", "What is bread baked from?")
    code, out, _ = footnote("gaps", "--json")
    (gap,) = json.loads(out)["gaps"]
    assert (code, gap["questions"], gap["count"]) == (0, ["Who brews tea from dried leaves?"], 1)
    assert (gap["nearest"], gap["closed"]) == (["bread"], None)
    (folder / "tea.md").write_text("# Tea\n\nThe cook brews tea from dried leaves.\n", encoding="utf-8")
    footnote("ingest", str(folder))
    code, out, _ = footnote("gaps", "--again")
    assert code == 0
    assert "closed" in out
    assert footnote("gaps", "--json")[1].count("Who brews tea") == 1  # asking again leaves no trace


@pytest.mark.parametrize("days", ["0", "-1", "x"])
def test_days_that_are_none_are_a_usage_error(footnote: Run, days: str) -> None:
    assert footnote("gaps", "--days", days)[0] == 2
