"""A server ingests for whoever asks, answers meanwhile, and never shows half an article."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.handoff import FOLDER, Desk, hand_over
from ingest.order import Order
from ingest.progress import Step, quiet
from knowledge.errors import FootnoteError, NoArticles
from knowledge.lock import acquire
from knowledge.wiring import Knowledge, open_knowledge
from tests.ingest.test_sync import write

OLD = {
    f"page{number}": f"# Page {number}\n\nOld text of {number}.\n\n## More\n\nOld rest of {number}."
    for number in range(80)
}
NEW = {name: text.replace("Old", "New") for name, text in OLD.items()}


@pytest.fixture
def desk(base: Knowledge) -> Iterator[Knowledge]:
    with Desk(base):
        yield base


def test_the_report_comes_back_and_nothing_is_left_over(desk: Knowledge, articles: Path) -> None:
    report = hand_over(Order([str(write(articles, **OLD))]), desk.folder, quiet)
    assert report is not None
    assert (report.added, report.computed) == (80, 160)
    assert list((desk.folder / FOLDER).iterdir()) == []


def test_questions_are_answered_meanwhile_and_no_article_is_half_new(desk: Knowledge, articles: Path) -> None:
    order = Order([str(write(articles, **OLD))])
    hand_over(order, desk.folder, quiet)
    searcher = desk.searcher()
    write(articles, **NEW)
    work = threading.Thread(target=hand_over, args=(order, desk.folder, quiet))
    work.start()
    asked = 0
    while work.is_alive() or asked < 100:
        asked += 1
        said: dict[str, set[str]] = {}
        for hit in searcher.search(f"text and rest of {asked % 80}", k=10):
            said.setdefault(hit.article_id, set()).add(hit.text.split()[0])
        assert said
        assert all(len(versions) == 1 for versions in said.values()), said
    work.join()
    assert {article.text.count("Old") for article in desk.catalogue.articles()} == {0}


def test_what_went_wrong_there_is_told_here(desk: Knowledge, articles: Path) -> None:
    with pytest.raises(FootnoteError, match="no articles in") as caught:
        hand_over(Order([str(articles)]), desk.folder, quiet)
    assert caught.value.exit_code == NoArticles.exit_code


def test_an_order_that_is_taken_back_ends_at_a_border(desk: Knowledge, articles: Path) -> None:
    def impatient(step: Step) -> None:
        if step.done:
            raise KeyboardInterrupt

    write(articles, **{f"page{number}": f"# Page {number}\n\nText." for number in range(600)})
    with pytest.raises(KeyboardInterrupt):
        hand_over(Order([str(articles)]), desk.folder, impatient)
    report = hand_over(Order([str(articles)]), desk.folder, quiet)
    assert report is not None
    assert report.unchanged % 32 == 0
    assert 0 < report.unchanged < 600
    assert report.unchanged + report.added == 600


def test_a_server_that_went_away_is_told_so_that_the_client_does_it_itself(tmp_path: Path) -> None:
    knowledge = open_knowledge(tmp_path / "left", "hashing", "serve", wait=0)
    knowledge.close()
    assert hand_over(Order([]), tmp_path / "left", quiet) is None
    acquire(tmp_path / "left", "test", wait=0).close()
