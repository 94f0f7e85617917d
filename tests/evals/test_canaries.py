"""Canaries: each article answers its own question after an ingest; what is lost is named, once."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from assistant.settings import ASSISTANT
from assistant.traces import Traces
from assistant.wiring import make_assistant
from evals.watch.canaries import FILE, Canaries, question_of, read, run
from ingest.progress import quiet
from ingest.sources import Files
from ingest.sync import sync
from knowledge.wiring import Knowledge
from tests.ui.conftest import Run, folder, footnote

__all__ = ["folder", "footnote"]

Ingest = Callable[..., Any]
BREAD = "# Bread\n\n## What is bread baked from?\n\nBread is baked from flour, water and salt.\n"
TEA = "# Brewing tea from dried leaves\n\nTea is brewed from dried leaves at 80 degrees.\n"


def sung(base: Knowledge, most: int = 200) -> Canaries:
    assistant = make_assistant(base, {setting.name: setting for setting in ASSISTANT})
    return run(assistant, base.catalogue, base.folder, most)


def test_an_article_is_asked_its_first_heading_that_is_a_question_else_its_title(
    base: Knowledge, ingest: Ingest
) -> None:
    ingest(bread=BREAD, tea=TEA)
    assert [question_of(article) for article in base.catalogue.articles()] == [
        "What is bread baked from?", "Brewing tea from dried leaves",
    ]  # fmt: skip
    found = sung(base)
    assert [(canary.article_id, canary.answered) for canary in found.asked] == [("bread", True), ("tea", True)]
    assert found.lines == ["canaries: 2 of 2 articles answer their own question"]
    assert list(Traces(base.catalogue.engine, 0).since()) == []


def test_an_article_that_no_longer_answers_its_question_is_named_once(base: Knowledge, ingest: Ingest) -> None:
    ingest(bread=BREAD, tea=TEA)
    assert sung(base).lost == []
    many = {
        f"other-{n}": f"# Brewing tea from dried leaves\n\nBrewing tea from dried leaves, {n}.\n" for n in range(12)
    }
    ingest(tea="# Brewing tea from dried leaves\n\nThis page has moved to another place of the site.\n", **many)
    found = sung(base)
    assert [canary.article_id for canary in found.lost] == ["tea"]
    assert "canary lost: tea no longer answers 'Brewing tea from dried leaves'" in found.lines
    assert sung(base).lost == []


@pytest.mark.parametrize("more", ["", "\nIt rises for two hours, and is baked until its crust is brown and hard.\n"])
def test_an_article_is_not_lost_where_one_that_repeats_it_speaks(base: Knowledge, ingest: Ingest, more: str) -> None:
    ingest(bread=BREAD + more)
    sung(base)
    ingest(again=BREAD + more)
    assert bool(base.catalogue.canonicals()) == bool(more)  # a short article is none of a group
    found = sung(base)
    assert (found.lost, [canary.answered for canary in found.asked]) == ([], [True, True])


def test_new_and_changed_articles_are_asked_first_then_those_asked_longest_ago(base: Knowledge, ingest: Ingest) -> None:
    ingest(**{name: f"# Article {name}\n\nIt is on {name}.\n" for name in "abcd"})
    assert [[canary.article_id for canary in sung(base, 2).asked] for _ in range(3)] == [
        ["a", "b"], ["c", "d"], ["a", "b"],
    ]  # fmt: skip
    ingest(b="# Article b\n\nIt is on something else.\n", e="# Article e\n\nIt is new.\n")
    assert [canary.article_id for canary in sung(base, 2).asked] == ["b", "e"]


def test_an_article_that_is_removed_is_forgotten_and_a_file_of_another_hand_is_no_memory(
    base: Knowledge, ingest: Ingest, articles: Path
) -> None:
    ingest(bread=BREAD, tea=TEA)
    sung(base)
    (articles / "tea.md").unlink()
    sync(base, [Files(str(articles), articles)], quiet)
    sung(base)
    assert read(base.folder).keys() == {"bread"}
    (base.folder / FILE).write_text('[{"x": 1}]')
    assert sung(base).lost == []
    assert json.loads((base.folder / FILE).read_text())[0]["article_id"] == "bread"


def test_an_ingest_tells_of_its_canaries_on_stderr_unless_it_changed_nothing(footnote: Run, folder: Path) -> None:
    assert "canaries: 1 of 1 articles" in footnote("ingest", str(folder))[2]
    assert "canaries" not in footnote("ingest", str(folder))[2]
    (folder / "tea.md").write_text(TEA, encoding="utf-8")
    assert "canaries" not in footnote("ingest", str(folder), "--dry-run")[2]
