"""The front door answers while the rest loads, passes on what is there, and runs the application's start and end."""

import signal
import subprocess
import sys
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest
import uvicorn
from fastapi import FastAPI

from tests.ui.conftest import Run, until
from ui.pages.starting import starting
from ui.server.door import Door
from ui.server.listener import address, bind


class Slow:
    """An application in two steps, each taken when the test says so."""

    def __init__(self) -> None:
        self.steps = {"api": threading.Event(), "page": threading.Event()}
        self.lived: list[str] = []
        self.app = FastAPI(lifespan=self._lifespan)
        self.app.get("/readyz")(lambda: "by the application")
        self.app.get("/api")(lambda: "an answer")
        self.fails: Exception | None = None

    @asynccontextmanager
    async def _lifespan(self, _app: FastAPI) -> AsyncIterator[None]:
        self.lived.append("begun")
        yield
        self.lived.append("ended")

    def load(self, door: Door) -> None:
        """What ``ui.server.startup`` does with the real parts."""
        self.steps["api"].wait(20)
        if self.fails:
            raise self.fails
        door.app, door.missing = self.app, "the page is loading"
        self.steps["page"].wait(20)
        self.app.get("/")(lambda: "the page")


@pytest.fixture
def slow() -> Slow:
    return Slow()


@pytest.fixture
def door(slow: Slow) -> Iterator[tuple[Door, str]]:
    door = Door(slow.load, lambda: slow.lived.append("ready"), starting)
    with bind("127.0.0.1", 0) as listener:
        server = uvicorn.Server(uvicorn.Config(door, lifespan="on", ws="none", log_level="error"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        yield door, address(listener)
        for step in slow.steps.values():
            step.set()
        server.should_exit = True
        thread.join(20)


def test_before_anything_is_loaded_it_is_alive_says_what_is_missing_and_the_page_reloads(
    door: tuple[Door, str],
) -> None:
    url = door[1]
    assert httpx.get(url + "/healthz").json() == {"status": "ok"}
    ready = httpx.get(url + "/readyz")
    assert (ready.status_code, ready.json()["reason"]) == (503, "the articles are being opened")
    page = httpx.get(url)
    assert (page.status_code, page.headers["retry-after"], "http-equiv" in page.text) == (503, "1", True)
    problem = httpx.post(url + "/api/chat", json={})
    assert (problem.status_code, problem.headers["content-type"]) == (503, "application/problem+json")
    assert (problem.json()["kind"], problem.json()["detail"]) == ("not_ready", "the articles are being opened")
    openai = httpx.post(url + "/v1/chat/completions", json={})
    assert (openai.status_code, openai.headers["retry-after"]) == (503, "1")
    assert openai.json()["error"]["type"] == "server_error"


@pytest.mark.parametrize(
    ("accepts", "language", "says"),
    [
        ("nl-NL,nl;q=0.9,en;q=0.8", "nl", "Footnote start op"),
        ("en-GB", "en", "Footnote is starting"),
        ("fr", "en", "Footnote is starting"),
        ("fr-BE,fr;q=0.9,nl;q=0.8,en;q=0.7", "nl", "Footnote start op"),
        ("en;q=0.2, nl ; q=0.6", "nl", "Footnote start op"),
        ("nl;q=0,en;q=0.1", "en", "Footnote is starting"),
        ("nl;q=much,*", "en", "Footnote is starting"),
    ],
)
def test_the_page_meanwhile_is_in_the_browsers_language(
    door: tuple[Door, str], accepts: str, language: str, says: str
) -> None:
    page = httpx.get(door[1], headers={"Accept-Language": accepts})
    assert f'<html lang="{language}">' in page.text
    assert says in page.text
    assert page.headers["content-language"] == language


def test_questions_are_answered_before_the_page_is_there(door: tuple[Door, str], slow: Slow) -> None:
    url = door[1]
    slow.steps["api"].set()
    until(lambda: httpx.get(url + "/api").status_code == 200)
    assert httpx.get(url + "/readyz").json()["reason"] == "the page is loading"
    assert "http-equiv" in httpx.get(url).text
    slow.steps["page"].set()
    until(lambda: httpx.get(url).status_code == 200)
    assert httpx.get(url).json() == "the page"
    assert httpx.get(url + "/readyz").json() == "by the application"
    assert slow.lived == ["begun", "ready"]


def test_the_applications_own_end_is_run() -> None:
    slow = Slow()
    for step in slow.steps.values():
        step.set()
    door = Door(slow.load, lambda: slow.lived.append("ready"), starting)
    with bind("127.0.0.1", 0) as listener:
        server = uvicorn.Server(uvicorn.Config(door, lifespan="on", ws="none", log_level="error"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        until(lambda: "ready" in slow.lived)
        server.should_exit = True
        thread.join(20)
    assert slow.lived == ["begun", "ready", "ended"]


def test_an_error_of_loading_is_kept_for_whoever_runs_the_server(door: tuple[Door, str], slow: Slow) -> None:
    slow.fails = ValueError("no articles")
    slow.steps["api"].set()
    with pytest.raises(ValueError, match="no articles"):
        door[0].loaded.result(20)
    assert slow.lived == []
    assert httpx.get(door[1] + "/healthz").status_code == 200


def test_the_command_serves_questions_without_the_page(footnote: Run, folder: Path, tmp_path: Path) -> None:
    footnote("ingest", str(folder))
    command = [str(Path(sys.executable).parent / "footnote"), "serve", "--port", "0", "--no-page"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        try:
            url = next(line.split()[3] for line in process.stderr if line.startswith("Footnote answers"))
            assert httpx.get(url + "/readyz").status_code == 200
            hits = httpx.post(url + "/api/search", json={"question": "flour"}).json()["hits"]
            assert hits[0]["article_id"] == "bread"
            assert httpx.get(url).status_code == 404
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(20)
        assert "Traceback" not in process.stderr.read()
