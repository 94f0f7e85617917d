"""Whatever a request comes to, its response has our headers, is counted, and can be read by the site that sent it."""

import asyncio
import json
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from tests.ui.conftest import Bakery, service_over
from ui.server.application import make_app
from ui.server.sites import Sites
from ui.server.visitors import Visitors

DOCS = "https://docs.example"
FROM_DOCS = {"Origin": DOCS, "X-Footnote-Site": "docs"}
LARGE = {"question": "x" * (1 << 20)}
PREFLIGHT = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}


def _bug() -> None:
    raise ZeroDivisionError


@pytest.fixture
def app(bakery: Bakery) -> FastAPI:
    """The application for a site of another origin; ``/bug`` has one."""
    made = make_app(service_over(bakery.knowledge, visitors=Visitors(Sites({"docs": frozenset({DOCS})}))))
    made.get("/bug")(_bug)
    return made


def sent(app: FastAPI, method: str, path: str, **given: Any) -> httpx.Response:
    async def send() -> httpx.Response:
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://footnote") as client:
            return await client.request(method, path, **given)

    return asyncio.run(send())


@pytest.mark.parametrize(
    ("method", "path", "given", "route", "status"),
    [
        ("GET", "/bug", {"headers": FROM_DOCS}, "/bug", 500),
        ("POST", "/api/chat", {"headers": FROM_DOCS, "json": LARGE}, "other", 413),
        ("OPTIONS", "/api/chat", {"headers": FROM_DOCS | PREFLIGHT}, "other", 200),
        ("GET", "/api/nowhere", {"headers": FROM_DOCS}, "other", 404),
        ("POST", "/gradio_api/upload", {"headers": {}}, "other", 404),
    ],
)
def test_every_response_is_watched(
    app: FastAPI, method: str, path: str, given: dict[str, Any], route: str, status: int
) -> None:
    response = sent(app, method, path, **given)
    assert response.status_code == status
    assert response.headers.get("access-control-allow-origin") == given["headers"].get("Origin")
    assert response.headers["x-content-type-options"] == "nosniff"
    counted = f'footnote_request_seconds_count{{route="{route}",status="{status}"}} 1.0'
    assert counted in app.state.service.metrics.shown().decode()


def test_what_is_too_large_is_told_in_the_shape_of_the_route(app: FastAPI) -> None:
    assert sent(app, "POST", "/api/chat", json=LARGE).json()["title"] == "the request is too large"
    assert "too large" in sent(app, "POST", "/v1/chat/completions", json=LARGE).json()["error"]["message"]


def test_a_bug_is_told_by_its_id_and_reaches_the_server_too(app: FastAPI) -> None:
    problem = sent(app, "GET", "/bug").json()
    assert (problem["status"], problem["kind"], len(problem["trace_id"])) == (500, "bug", 32)
    assert "ZeroDivision" not in json.dumps(problem)
    with pytest.raises(ZeroDivisionError):
        asyncio.run(httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://footnote").get("/bug"))
