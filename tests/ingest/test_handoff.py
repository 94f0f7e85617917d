"""A server ingests for whoever asks, answers meanwhile, and never shows half an article."""

import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from ingest.desk import Desk, Ended
from ingest.handoff import ORDERS, hand_over
from ingest.order import Ingest, read, written
from ingest.progress import Progress, Running, Step, quiet
from ingest.report import Report
from knowledge.errors import DataFolderError, FootnoteError, NoArticles
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
    with Desk(base.folder, ORDERS, lambda given, progress, _ended: asdict(read(given).carried_out(base, progress))):
        yield base


def handed(order: Ingest, folder: Path, progress: Progress = quiet) -> Report | None:
    done = hand_over(written(order), folder, ORDERS, progress)
    return None if done is None else Report(**done)


def test_the_report_comes_back_and_nothing_is_left_over(desk: Knowledge, articles: Path) -> None:
    report = handed(Ingest([str(write(articles, **OLD))]), desk.folder)
    assert report is not None
    assert (report.added, report.computed) == (80, 160)
    assert list((desk.folder / ORDERS).iterdir()) == []


def test_questions_are_answered_meanwhile_and_no_article_is_half_new(desk: Knowledge, articles: Path) -> None:
    order = Ingest([str(write(articles, **OLD))])
    handed(order, desk.folder)
    searcher = desk.searcher()
    write(articles, **NEW)
    work = threading.Thread(target=handed, args=(order, desk.folder))
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
        handed(Ingest([str(articles)]), desk.folder)
    assert caught.value.exit_code == NoArticles.exit_code


def test_an_order_that_is_taken_back_ends_at_a_border(desk: Knowledge, articles: Path) -> None:
    def impatient(step: Step) -> None:
        if step.done:
            raise KeyboardInterrupt

    write(articles, **{f"page{number}": f"# Page {number}\n\nText." for number in range(600)})
    with pytest.raises(KeyboardInterrupt):
        handed(Ingest([str(articles)]), desk.folder, impatient)
    report = handed(Ingest([str(articles)]), desk.folder)
    assert report is not None
    assert report.unchanged % 32 == 0
    assert 0 < report.unchanged < 600
    assert report.unchanged + report.added == 600


def test_a_server_that_went_away_is_told_so_that_the_client_does_it_itself(tmp_path: Path) -> None:
    knowledge = open_knowledge(tmp_path / "left", "hashing", "serve", wait=0)
    knowledge.close()
    assert handed(Ingest([]), tmp_path / "left") is None
    acquire(tmp_path / "left", "test", wait=0).close()


def test_the_desk_knows_how_far_it_is(base: Knowledge, articles: Path) -> None:
    seen: list[Running | None] = []

    def work(given: Mapping[str, Any], progress: Progress, _ended: Ended) -> dict[str, int]:
        for done in (1, 2):
            progress(Step("articles written", done, 2))
            seen.append(held.running)
        return {}

    held = Desk(base.folder, ORDERS, work)
    assert held.running is None
    with held:
        assert hand_over({"kind": "any"}, base.folder, ORDERS, quiet) == {}
    assert [str(running and running.step) for running in seen] == ["1 of 2 articles written", "2 of 2 articles written"]
    assert held.running is None


def test_the_rate_is_of_what_is_counted_now() -> None:
    at_first = Running(step=Step("pages fetched", 9, 9), begun=time.monotonic() - 100)
    assert at_first.at(Step("articles written", 1, 9)).rate == 0  # it has just begun
    later = Running(step=Step("articles written", 1, 9), begun=time.monotonic() - 10).at(Step("articles written", 5, 9))
    assert 0 < later.rate <= 0.5


def test_a_disk_without_room_ends_neither_the_desk_nor_in_waiting(base: Knowledge) -> None:
    orders, did = base.folder / ORDERS, []

    def work(given: Mapping[str, Any], _progress: Progress, _ended: Ended) -> dict[str, Any]:
        did.append(given["number"])
        for place in orders.glob("*.order"):
            if given["number"] == 1:
                place.with_suffix(".answer.draft").mkdir()  # so that no answer can be written
        return {}

    with Desk(base.folder, ORDERS, work) as held:
        with pytest.raises(DataFolderError, match="had no room"):
            hand_over({"number": 1}, base.folder, ORDERS, quiet)
        assert held.running is None
        assert hand_over({"number": 2}, base.folder, ORDERS, quiet) == {}
    assert did == [1, 2]


def test_work_that_cannot_be_written_is_told_as_what_it_is(base: Knowledge) -> None:
    (base.folder / ORDERS).write_text("no folder")
    with pytest.raises(DataFolderError, match="could not be written"):
        hand_over({}, base.folder, ORDERS, quiet)


def test_an_answer_that_was_taken_back_is_not_kept(base: Knowledge) -> None:
    def work(_given: Mapping[str, Any], progress: Progress, _ended: Ended) -> dict[str, str]:
        progress(Step("questions", 1))
        while list((base.folder / ORDERS).glob("*.order")):
            time.sleep(0.01)
        return {"answer": "what nobody reads"}

    def impatient(_step: Step) -> None:
        raise KeyboardInterrupt

    with Desk(base.folder, ORDERS, work), pytest.raises(KeyboardInterrupt):
        hand_over({"kind": "any"}, base.folder, ORDERS, impatient)
    assert list((base.folder / ORDERS).iterdir()) == []


def test_what_was_given_first_is_done_first(base: Knowledge) -> None:
    did: list[int] = []
    all_given = threading.Event()

    def work(given: Mapping[str, Any], _progress: Progress, _ended: Ended) -> dict[str, Any]:
        all_given.wait()
        did.append(given["number"])
        return {}

    def until(count: int) -> None:
        while len(list((base.folder / ORDERS).glob("*.order"))) < count:
            time.sleep(0.01)

    clients = [
        threading.Thread(target=hand_over, args=({"number": number}, base.folder, ORDERS, quiet)) for number in range(8)
    ]
    with Desk(base.folder, ORDERS, work):
        for number, client in enumerate(clients, 1):
            client.start()
            until(number)
        all_given.set()
        for client in clients:
            client.join()
    assert did == list(range(8))


def test_the_end_of_the_server_ends_what_it_does_for_others(base: Knowledge) -> None:
    begun = threading.Event()

    def work(_given: Mapping[str, Any], _progress: Progress, ended: Ended) -> dict[str, Any]:
        begun.set()
        while not ended():
            time.sleep(0.01)
        return {}

    with Desk(base.folder, ORDERS, work):
        client = threading.Thread(target=hand_over, args=({"kind": "any"}, base.folder, ORDERS, quiet))
        client.start()
        begun.wait()
    client.join()
