"""Every route has a class of who may use it, and each class is proven; a new route fails here until it is classed."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from tests.ui.conftest import Bakery, service_over
from ui.server.application import make_app, serving
from ui.server.owner import Owner
from ui.server.visitors import Visitors

TOKEN = "correct-horse-battery-staple"  # noqa: S105 (for these tests)

# Anybody, as often as they like: nothing is computed for them, or a page that a browser opens.
PUBLIC = {
    ("GET", "/healthz"),
    ("GET", "/readyz"),
    ("GET", "/openapi.json"),
    ("GET", "/articles/{article_id:path}"),
    ("GET", "/demo"),
    ("GET", "/widget/v1/{name}"),
    ("ANY", "/footnote"),  # style sheets
}
# Visitors: from our own pages and sites that are listed, within limits.
VISITOR: dict[tuple[str, str], Any] = {
    ("POST", "/api/chat"): {"question": "What is bread?"},
    ("POST", "/api/search"): {"question": "What is bread?"},
    ("POST", "/api/feedback"): {"trace_id": "x", "rating": "none"},
    ("POST", "/api/forget"): {"trace_ids": []},
    ("GET", "/api/starters"): None,
    ("POST", "/api/conversations"): {},
    ("GET", "/api/conversations"): None,
    ("GET", "/api/conversations/{conversation_id}"): None,
    ("DELETE", "/api/conversations/{conversation_id}"): None,
    ("GET", "/v1/models"): None,
    ("GET", "/v1/models/{name}"): None,
    ("POST", "/v1/chat/completions"): {"messages": [{"role": "user", "content": "What is bread?"}]},
    ("POST", "/mcp"): {"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {}},
}
OWNER = {("GET", "/metrics"), ("GET", "/owner"), ("POST", "/owner/sync"), ("GET", "/owner/traces/{trace_id}")}


def routes(app: FastAPI) -> Iterator[tuple[str, str]]:
    """Method and pattern of every route, those of mounted applications as one."""
    for route in _flat(app.routes):
        for method in sorted(getattr(route, "methods", None) or {"ANY"}):
            if method != "HEAD":
                yield method, route.path


def _flat(listed: Any) -> Iterator[Any]:
    for route in listed:
        inner = getattr(route, "original_router", None)
        yield from _flat(inner.routes) if inner else [route]


def test_every_route_has_one_class(bakery: Bakery) -> None:
    found = set(routes(make_app(service_over(bakery.knowledge))))
    assert found == PUBLIC | VISITOR.keys() | OWNER
    assert len(PUBLIC) + len(VISITOR) + len(OWNER) == len(found)


NOWHERE = [
    ("GET", "/nowhere", 404, None),
    ("GET", "/api/nowhere", 404, None),
    ("GET", "/api/chat", 405, "POST"),
    ("PUT", "/api/conversations", 405, "GET, POST"),
    ("POST", "/healthz", 405, "GET"),
    ("GET", "/mcp", 405, "POST"),
    ("DELETE", "/mcp", 405, "POST"),
]


@pytest.mark.parametrize(("method", "path", "status", "allowed"), NOWHERE)
def test_what_is_not_there_is_a_problem_beside_the_page_too(
    bakery: Bakery, method: str, path: str, status: int, allowed: str | None
) -> None:
    response = httpx.request(method, bakery.url + path)
    assert (response.status_code, response.headers["content-type"]) == (status, "application/problem+json")
    assert response.headers.get("allow") == allowed
    assert len(response.json()["trace_id"]) == 32


def test_below_v1_it_is_told_in_openais_shape(bakery: Bakery) -> None:
    assert httpx.get(bakery.url + "/v1/nowhere").json()["error"]["type"] == "invalid_request_error"


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/articles/bread", "/v1/models", "/", "/api/chat", "/mcp"])
def test_head_is_get_without_a_body(bakery: Bakery, path: str) -> None:
    asked = httpx.head(bakery.url + path)
    whole = httpx.get(bakery.url + path)
    assert (asked.content, asked.status_code) == (b"", whole.status_code)
    assert asked.headers["content-type"] == whole.headers["content-type"]


@pytest.fixture(scope="module")
def guarded(bakery: Bakery) -> Iterator[str]:
    """A server with an admin token and one request a visitor and minute."""
    service = service_over(bakery.knowledge, visitors=Visitors(per_visitor=1), owner=Owner(TOKEN))
    service.warm()
    with serving(service) as url:
        yield url


def address(pattern: str) -> str:
    known = {"{article_id:path}": "bread", "{name}": "loader.js" if "widget" in pattern else "footnote"}
    for name, value in (known | {"{conversation_id}": "x", "{trace_id}": "x"}).items():
        pattern = pattern.replace(name, value)
    return pattern if pattern != "/footnote" else "/footnote/chat.css"


CREDENTIALS: list[dict[str, str]] = [
    {},
    {"Authorization": "Bearer wrong"},
    {"Authorization": f"Token {TOKEN}"},
    {"X-Api-Key": TOKEN},
    {"Cookie": f"token={TOKEN}; authorization=Bearer {TOKEN}"},
    {"X-Footnote-Site": TOKEN},
    {"X-Footnote-Key": TOKEN},
]


@pytest.mark.parametrize(("method", "pattern"), sorted(OWNER))
def test_the_owners_routes_want_the_token_and_nothing_else_will_do(guarded: str, method: str, pattern: str) -> None:
    for headers in CREDENTIALS:
        response = httpx.request(method, guarded + address(pattern), headers=headers)
        assert (response.status_code, response.headers["content-type"]) == (401, "application/problem+json"), headers
    own = {"Authorization": f"Bearer {TOKEN}"}
    let_in = httpx.request(method, guarded + address(pattern), headers=own, follow_redirects=True)
    assert let_in.status_code == (404 if "trace_id" in pattern else 200)  # of answers there is none yet


@pytest.mark.parametrize(("method", "pattern"), sorted(VISITOR))
def test_visitors_routes_refuse_foreign_pages_and_count(guarded: str, method: str, pattern: str) -> None:
    def ask(**headers: str) -> int:
        sent = {"Accept": "application/json, text/event-stream"} | headers
        return httpx.request(
            method, guarded + address(pattern), json=VISITOR[method, pattern], headers=sent
        ).status_code

    for headers in CREDENTIALS:  # no key of any kind opens them to a foreign page
        assert ask(Origin="https://evil.example", **headers) == 403
    ask()  # the one that is free, if no other test has used it
    assert ask() == 429


@pytest.mark.parametrize(("method", "pattern"), sorted(PUBLIC))
def test_public_routes_ask_for_nothing(guarded: str, method: str, pattern: str) -> None:
    verb = "GET" if method == "ANY" else method
    for _ in range(3):
        assert httpx.request(verb, guarded + address(pattern)).status_code == 200
