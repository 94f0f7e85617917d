"""A sync that would take much away waits for the owner's word; the share and the difference are told."""

from pathlib import Path

import pytest

from ingest.loss import FEW, Loss
from ingest.sync import Options
from knowledge.wiring import Knowledge
from tests.ingest.test_sync import counts, run, state, write

PAGES = {f"page{number}": f"# Page {number}\n\n" + f"Sentence {number} of this page. " * 10 for number in range(10)}


def test_many_articles_gone_at_once_are_held_back_and_told(base: Knowledge, articles: Path) -> None:
    run(base, write(articles, **PAGES))
    before = state(base)
    for number in range(4):
        (articles / f"page{number}.md").unlink()
    report = run(base, articles)
    assert counts(report) == (0, 0, 0, 6)
    held = report.held[0]
    assert (held["articles"], held["would_go"], held["share_of_articles"]) == (10, 4, 0.4)
    assert held["gone"] == ["page0", "page1", "page2", "page3"]
    assert state(base) == before


def test_pages_that_all_turn_into_a_notice_are_held_back_with_what_is_new(base: Knowledge, articles: Path) -> None:
    run(base, write(articles, **PAGES))
    before = state(base)
    write(articles, **dict.fromkeys(PAGES, "# Sign in\n\nPlease sign in."), new="# New\n\nText.")
    report = run(base, articles)
    assert counts(report) == (0, 0, 0, 0)
    assert (report.held[0]["would_go"], report.held[0]["would_shrink"]) == (0, 10)
    assert report.held[0]["share_of_text"] > 0.8
    assert state(base) == before


def test_the_owners_word_lets_it_through(base: Knowledge, articles: Path) -> None:
    run(base, write(articles, **PAGES))
    for number in range(8):
        (articles / f"page{number}.md").unlink()
    assert counts(run(base, articles, options=Options(most_lost=1.0))) == (0, 0, 8, 2)


def test_another_source_is_brought_in_step_all_the_same(base: Knowledge, articles: Path, tmp_path: Path) -> None:
    run(base, write(articles, **PAGES))
    for number in range(8):
        (articles / f"page{number}.md").unlink()
    report = run(base, articles, write(tmp_path / "other", bees="# Bees\n\nOne queen."))
    assert (len(report.held), report.added) == (1, 1)


def test_a_dry_run_tells_what_would_be_held_back(base: Knowledge, articles: Path) -> None:
    run(base, write(articles, **PAGES))
    for number in range(8):
        (articles / f"page{number}.md").unlink()
    report = run(base, articles, options=Options(dry_run=True))
    assert (counts(report), len(report.held)) == ((0, 0, 8, 2), 1)


@pytest.mark.parametrize("gone", range(FEW))
def test_a_few_articles_go_without_asking_however_small_the_source(gone: int) -> None:
    loss = Loss(3, 30, gone=dict.fromkeys(["a", "b", "c"][:gone], 10))
    assert not loss.exceeds(0.3)


def test_shares_are_of_articles_and_of_characters() -> None:
    loss = Loss(3, 400, gone={"a": 100}, shrunk={"c": 100})
    assert (loss.articles, loss.text) == (1 / 3, 0.5)
    assert Loss(0, 0).articles == Loss(0, 0).text == 0
