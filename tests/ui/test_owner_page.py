"""The owner's view over a real socket: what is on it, who sees it, and that nothing stored acts on it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from assistant.feedback import Rating
from assistant.question import check
from ingest.desk import Desk
from ingest.handoff import ORDERS, hand_over
from ingest.progress import Progress, Step, quiet
from knowledge.wiring import Knowledge
from tests.ui.conftest import service_over, until
from ui.handing.attending import attending
from ui.server.application import serving
from ui.server.owner import Owner
from ui.server.service import Service

EVIL = "<script>alert(1)</script>"


@pytest.fixture
def service(base: Knowledge, ingest: Callable[..., Any]) -> Service:
    ingest(bread="# Bread\n\nBread is baked from flour, water and salt.\n")
    made = service_over(base)
    made.warm()
    return made


@pytest.fixture
def server(service: Service) -> Iterator[str]:
    with serving(service) as url:
        yield url


def test_it_shows_what_the_store_holds(service: Service, server: str) -> None:
    answer = service.assistant.answer(check("What is bread baked from?"))
    service.feedback.rate(Rating(answer.trace_id, "down", "outdated", f"Old {EVIL}"))
    service.assistant.answer(check(f"Who won the match in 1912? {EVIL}"))
    page = httpx.get(server + "/owner")
    assert page.status_code == 200
    assert page.headers["content-security-policy"].startswith("default-src 'none'")
    assert page.headers["cache-control"] == "no-store"
    for shown in ("chunks", "hashing", "extractive", "outdated", "What is bread baked from?", "1912", answer.trace_id):
        assert shown in page.text
    assert EVIL not in page.text
    assert "&lt;script&gt;" in page.text
    trace = httpx.get(f"{server}/owner/traces/{answer.trace_id}")
    assert "statements" in trace.text
    assert httpx.get(server + "/owner/traces/nothing").status_code == 404


def test_an_empty_store_says_so(server: str) -> None:
    assert httpx.get(server + "/owner").text.count("<p>None.</p>") == 4


def test_nobody_else_sees_it(service: Service, server: str) -> None:
    for path in ("/owner", "/owner/traces/x"):
        assert httpx.get(server + path, headers={"X-Forwarded-For": "203.0.113.9"}).status_code == 404
        assert httpx.get(server + path, headers={"Host": "docs.example"}).status_code == 404
    service.owner = Owner("a token")
    refused = httpx.get(server + "/owner")
    assert refused.status_code == 401
    assert refused.headers["www-authenticate"].startswith("Basic ")
    assert httpx.get(server + "/owner", auth=("owner", "a token")).status_code == 200


def test_it_cannot_be_written_to(server: str) -> None:
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        assert httpx.request(method, server + "/owner").status_code in (404, 405)


def test_the_owner_syncs_all_sources_from_the_page(service: Service, server: str, articles: Path) -> None:
    (articles / "cake.md").write_text("# Cake\n\nCake has eggs and sugar in it.\n")
    page = httpx.get(server + "/owner")
    assert 'action="owner/sync"' in page.text
    assert "form-action 'self'" in page.headers["content-security-policy"]
    with attending(service.knowledge, service.assistant) as service.orders:
        assert httpx.post(server + "/owner/sync", headers={"Origin": "https://evil.example"}).status_code == 403
        assert httpx.post(server + "/owner/sync", headers={"X-Forwarded-For": "203.0.113.9"}).status_code == 404
        pressed = httpx.post(server + "/owner/sync", headers={"Origin": server}, follow_redirects=True)
        assert pressed.url.path == "/owner"
        until(lambda: service.assistant.answer(check("What is in cake?")).answered)
        assert "failed" not in httpx.get(server + "/owner").text
        articles.rename(articles.parent / "gone")
        httpx.post(server + "/owner/sync")
        until(lambda: "The last sync started here failed" in httpx.get(server + "/owner").text)
    assert str(articles) in httpx.get(server + "/owner").text


def test_one_sync_at_a_time_is_started(service: Service) -> None:
    with attending(service.knowledge, service.assistant):
        assert service.syncing.start(["bundled"])
        assert not service.syncing.start(["bundled"])
        until(lambda: service.knowledge.catalogue.sources().get("bundled"))


def test_syncs_are_shown_the_one_going_on_and_the_last_of_each_source(
    service: Service, server: str, articles: Path, ingest: Callable[..., Any]
) -> None:
    page = httpx.get(server + "/owner")
    assert "refresh" not in page.headers
    assert f"<td>{articles}</td><td>1</td>" in page.text
    assert "Going on" not in page.text
    for number in range(4):
        (articles / f"page{number}.md").write_text(f"# Page {number}\n\nText {number}.")
    ingest()
    for number in range(4):
        (articles / f"page{number}.md").unlink()
    assert ingest().held
    shown: list[httpx.Response] = []

    def look(_given: object, progress: Progress, _ended: object) -> dict[str, Any]:
        progress(Step("articles written", 3, 9))
        shown.append(httpx.get(server + "/owner"))
        return {}

    with Desk(service.knowledge.folder, ORDERS, look) as service.orders:
        hand_over({"kind": "any"}, service.knowledge.folder, ORDERS, quiet)
    assert shown[0].headers["refresh"] == "5"
    assert "Going on" in shown[0].text
    assert "3 of 9 articles written" in shown[0].text
    assert "of 5 articles 4 would go" in shown[0].text
