"""Who may ask, from where, how often, and how much they may send."""

import json
import socket
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest

from knowledge.errors import UnknownSetting
from knowledge.wiring import Knowledge
from tests.ui.conftest import service_over
from ui.server.application import serving
from ui.server.limits import Limiter
from ui.server.sites import Sites, read_sites
from ui.server.visitors import Visitors

DOCS = "https://docs.example"
QUESTION = {"question": "What is bread baked from?"}
POSTS = {
    "/api/chat": QUESTION,
    "/api/search": QUESTION,
    "/api/feedback": {"trace_id": "x", "rating": "up"},
    "/api/forget": {"trace_ids": []},
}

Start = Callable[[Visitors], str]


@pytest.fixture
def start(base: Knowledge, ingest: Callable[..., Any]) -> Iterator[Start]:
    """``start(visitors)`` gives the address of a server with these rules."""
    ingest(bread="# Bread\n\nBread is baked from flour, water and salt.\n")
    running = []

    def run(visitors: Visitors) -> str:
        service = service_over(base, visitors=visitors)
        service.warm()
        running.append(serving(service))
        return running[-1].__enter__()

    yield run
    for server in running:
        server.__exit__(None, None, None)


@pytest.fixture
def server(start: Start) -> str:
    return start(Visitors(read_sites(f"docs={DOCS} https://www.example; blog=https://blog.example")))


ORIGINS = [
    (None, "docs", 200),
    (DOCS, "docs", 200),
    ("https://www.example", "docs", 200),
    (DOCS, "blog", 403),
    (DOCS, "", 403),
    (DOCS, "nobody", 403),
    (DOCS + ".evil.example", "docs", 403),
    ("https://evil-docs.example", "docs", 403),
    ("http://docs.example", "docs", 403),
    (DOCS + ":8443", "docs", 403),
    (DOCS + "/", "docs", 403),
    ("https://DOCS.example", "docs", 403),
    ("null", "docs", 403),
    ("*", "docs", 403),
    ("http://[", "docs", 403),
]


def test_an_origin_is_let_in_by_exact_match_under_its_own_key(server: str) -> None:
    for origin, key, status in ORIGINS:
        headers = {"X-Footnote-Site": key} | ({"Origin": origin} if origin else {})
        response = httpx.post(server + "/api/search", json=QUESTION, headers=headers)
        assert response.status_code == status, (origin, key)
        allowed = response.headers.get("access-control-allow-origin")
        assert allowed == (origin if origin in (DOCS, "https://www.example") else None)
        assert "access-control-allow-credentials" not in response.headers


def test_our_own_pages_may_ask_and_foreign_ones_may_not_by_default(start: Start) -> None:
    url = start(Visitors())
    for path, body in POSTS.items():
        assert httpx.post(url + path, json=body, headers={"Origin": url}).status_code != 403
        assert httpx.post(url + path, json=body, headers={"Origin": DOCS}).status_code == 403


def test_a_form_or_plain_text_is_refused_because_a_browser_sends_it_without_asking(server: str) -> None:
    for path, body in POSTS.items():
        for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""):
            response = httpx.post(server + path, content=json.dumps(body), headers={"Content-Type": kind})
            assert response.status_code == 415, (path, kind)


def test_a_preflight_is_answered_for_listed_origins_only(server: str) -> None:
    asked = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type,x-footnote-site"}
    granted = httpx.options(server + "/api/chat", headers=asked | {"Origin": DOCS})
    assert (granted.status_code, granted.headers["access-control-allow-origin"]) == (200, DOCS)
    refused = httpx.options(server + "/api/chat", headers=asked | {"Origin": "https://evil.example"})
    assert refused.status_code == 400
    assert "access-control-allow-origin" not in refused.headers


def test_who_asks_too_often_is_told_when_to_come_back(start: Start) -> None:
    url = start(Visitors(per_visitor=3))
    answers = [httpx.post(url + "/api/search", json=QUESTION) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert 1 <= int(answers[-1].headers["retry-after"]) <= 20
    assert answers[-1].headers["content-type"] == "application/problem+json"


def test_a_visitor_is_not_who_a_header_says(start: Start) -> None:
    url = start(Visitors(per_visitor=2))
    for number in range(3):
        told = {"X-Forwarded-For": f"10.0.0.{number}", "Forwarded": f"for=10.0.0.{number}"}
        response = httpx.post(url + "/api/search", json=QUESTION, headers=told)
    assert response.status_code == 429


def test_a_site_has_a_limit_of_its_own(start: Start) -> None:
    rules = Visitors(Sites({"docs": frozenset({DOCS}), "blog": frozenset({DOCS})}), per_site=2)
    url = start(rules)
    for key, status in [("docs", 200), ("docs", 200), ("docs", 429), ("blog", 200)]:
        headers = {"Origin": DOCS, "X-Footnote-Site": key}
        assert httpx.post(url + "/api/search", json=QUESTION, headers=headers).status_code == status


def test_a_body_over_the_cap_is_refused_told_its_length_or_not(server: str) -> None:
    large = json.dumps(QUESTION | {"history": [{"role": "user", "content": "x" * (1 << 20)}]}).encode()
    headers = {"Content-Type": "application/json"}
    assert httpx.post(server + "/api/chat", content=large, headers=headers).status_code == 413
    assert httpx.post(server + "/api/chat", content=iter([large]), headers=headers).status_code == 413


def test_a_body_that_says_it_is_larger_than_the_cap_is_refused_unread(server: str) -> None:
    host, port = server.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=20) as connection:
        connection.sendall(b"POST /api/chat HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999\r\n\r\n")
        assert connection.recv(1000).startswith(b"HTTP/1.1 413")


def test_the_limiter_refills_with_time_and_forgets_the_oldest() -> None:
    clock = [0.0]
    limiter = Limiter(2, lambda: clock[0], most_keys=1000)
    assert [limiter.wait("a"), limiter.wait("a"), limiter.wait("a")] == [0.0, 0.0, 30.0]
    clock[0] = 30.0
    assert [limiter.wait("a"), limiter.wait("a")] == [0.0, 30.0]
    for number in range(100_000):
        limiter.wait(str(number))
    assert len(limiter) == 1000
    assert limiter.wait("a") == 0.0


@pytest.mark.parametrize(
    "text", ["docs", "docs=", "=https://a.example", "docs=a.example", "docs=https://a.example/path", "docs=https://*.example",
             "docs=*", "docs=ftp://a.example", "docs=http://[", "docs=https://user@a.example/"],
)  # fmt: skip
def test_sites_that_are_none_stop_the_start(text: str) -> None:
    with pytest.raises(UnknownSetting, match="FOOTNOTE_SITES"):
        read_sites(text)
