"""The server under many visitors: nothing of its loop is blocked, nobody who leaves stays behind, it stops in order."""

import asyncio
import gc
import logging
import os
import resource
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import event

from knowledge.embedder import Vectors
from knowledge.hashing_embedder import HashingEmbedder
from knowledge.language import _identifier
from tests.ollama_standin import OllamaStandIn
from tests.ui.conftest import Bakery, Run, service_over, until
from tests.ui.test_routes import PUBLIC, VISITOR, address
from ui.server.application import serving
from ui.server.service import Service
from ui.server.startup import GRACE

QUESTION = {"question": "What is bread baked from?"}


@pytest.fixture
def served(bakery: Bakery) -> Iterator[tuple[str, Service]]:
    service = service_over(bakery.knowledge)
    service.warm()
    with serving(service) as url:
        yield url, service


def in_a_loop() -> bool:
    """Does this thread run an event loop? What takes time there stops every visitor."""
    return asyncio._get_running_loop() is not None


class Watched(HashingEmbedder):
    """Notes where it is asked to work."""

    def __init__(self, seen: list[str]) -> None:
        super().__init__()
        self._seen = seen

    def embed_question(self, text: str) -> Vectors:
        """Embed, and note an event loop."""
        if in_a_loop():
            self._seen.append(f"embedding {text!r}")
        return super().embed_question(text)


@contextmanager
def watchdog(bakery: Bakery) -> Iterator[list[str]]:
    """Every query of the database and every embedding that an event loop would have to wait for."""
    seen: list[str] = []

    def noted(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if in_a_loop():
            seen.append(statement)

    engine, embedder = bakery.knowledge.catalogue.engine, bakery.knowledge.embedder
    event.listen(engine, "before_cursor_execute", noted)
    bakery.knowledge.embedder = Watched(seen)
    yield seen
    bakery.knowledge.embedder = embedder
    event.remove(engine, "before_cursor_execute", noted)


def test_no_route_makes_the_event_loop_wait_for_a_database_or_a_model(bakery: Bakery) -> None:
    with watchdog(bakery) as blocked:
        service = service_over(bakery.knowledge)
        service.warm()
        with serving(service) as url:
            for method, pattern in sorted(PUBLIC | VISITOR.keys() | {("GET", "/metrics")}):
                body = VISITOR.get((method, pattern))
                verb = method if method != "ANY" else "POST" if body else "GET"
                headers = {"Accept": "application/json, text/event-stream"}
                assert httpx.request(verb, url + address(pattern), json=body, headers=headers).status_code < 500
        asyncio.run(_asking_in_a_loop(service))
        assert blocked
        blocked[:] = [what for what in blocked if "deliberate" not in what]
        assert blocked == []


def test_what_tells_languages_is_loaded_before_the_first_question(bakery: Bakery) -> None:
    """It takes most of a second, most of it with the interpreter's lock: everybody would wait."""
    _identifier.cache_clear()
    service_over(bakery.knowledge).warm()
    assert _identifier.cache_info().currsize == 1


async def _asking_in_a_loop(service: Service) -> None:
    """What the watchdog is there for: it has to see this."""
    service.knowledge.embedder.embed_question("deliberate")


def left_behind() -> tuple[int, int]:
    """Open sockets of this process, and tasks that are not done."""
    gc.collect()
    tasks = [one for one in gc.get_objects() if issubclass(type(one), asyncio.Task) and not one.done()]
    return sum(path.startswith("socket:") for path in _open_files()), len(tasks)


def _open_files() -> Iterator[str]:
    for number in Path("/proc/self/fd").iterdir():
        with suppress(FileNotFoundError):  # the one that lists them
            yield str(number.readlink())


def leave_early(url: str, after: int) -> None:
    """Ask, read some bytes of the answer, and hang up."""
    host, port = url.removeprefix("http://").split(":")
    body = b'{"question": "What is bread baked from?"}'
    fields = f"Host: {host}\r\nContent-Type: application/json\r\nContent-Length: {len(body)}"
    head = f"POST /api/chat HTTP/1.1\r\n{fields}\r\n\r\n"
    with socket.create_connection((host, int(port)), timeout=30) as connection:
        connection.sendall(head.encode() + body)
        if after:
            connection.recv(after)


def test_a_thousand_who_leave_early_leave_nothing_behind(
    served: tuple[str, Service], caplog: pytest.LogCaptureFixture
) -> None:
    url, service = served
    httpx.post(url + "/api/chat", json=QUESTION)
    before = left_behind()
    with ThreadPoolExecutor(16) as visitors:
        list(visitors.map(lambda number: leave_early(url, (number % 4) * 200), range(1000)))
    until(lambda: len(service.line) == 0)
    until(lambda: left_behind() <= before)
    assert [record.message for record in caplog.records if record.levelno >= logging.ERROR] == []
    assert "event: done" in httpx.post(url + "/api/chat", json=QUESTION).text


def test_five_hundred_slow_connections_keep_nobody_waiting(served: tuple[str, Service]) -> None:
    url, service = served
    host, port = url.removeprefix("http://").split(":")
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(4096, hard) if hard > 0 else 4096, hard))
    with ExitStack() as open_ones:
        for number in range(500):
            connection = open_ones.enter_context(socket.create_connection((host, int(port)), timeout=30))
            head = b"POST /api/chat HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
            connection.sendall(head if number % 2 else head + b"Content-Length: 500\r\n\r\n{")
        assert httpx.get(url + "/healthz", timeout=5).json() == {"status": "ok"}
        assert "event: done" in httpx.post(url + "/api/chat", json=QUESTION, timeout=10).text
        until(lambda: len(service.line) == 0)
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def resident() -> int:
    """Bytes of memory this process has."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * resource.getpagesize()


@pytest.mark.full
@pytest.mark.timeout(600)
def test_memory_is_flat_over_five_thousand_answers(served: tuple[str, Service]) -> None:
    url, _ = served
    sizes = []
    with httpx.Client(base_url=url) as client:
        for number in range(6000):
            assert "event: done" in client.post("/api/chat", json=QUESTION).text
            if number in (999, 5999):
                gc.collect()
                sizes.append(resident())
    assert sizes[1] < sizes[0] * 1.05, sizes


@contextmanager
def own_process(ollama: OllamaStandIn, *flags: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """``footnote serve`` as a process of its own; its address."""
    environment = os.environ | {"FOOTNOTE_OLLAMA_URL": ollama.url}
    command = [str(Path(sys.executable).parent / "footnote"), "serve", "--port", "0", *flags]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment) as running:
        assert running.stderr is not None
        yield next(line.split()[3] for line in running.stderr if line.startswith("Footnote answers")), running
        running.kill()


@pytest.fixture
def process(footnote: Run, folder: Path) -> Iterator[tuple[str, subprocess.Popen[str], OllamaStandIn]]:
    """Without the page, over a model that takes some seconds for an answer."""
    footnote("ingest", str(folder))
    slow = OllamaStandIn(says="Bread is baked from flour, water and salt. [1] " * 15, pause=0.02)
    with slow as ollama, own_process(ollama, "--no-page") as (url, running):
        yield url, running, ollama


def test_sigterm_lets_a_running_answer_end_takes_no_new_one_and_exits_well(
    process: tuple[str, subprocess.Popen[str], OllamaStandIn],
) -> None:
    url, running, _ = process
    with httpx.stream("POST", url + "/api/chat", json=QUESTION, timeout=30) as response:
        said = response.iter_lines()
        assert "event: delta" in said
        running.send_signal(signal.SIGTERM)
        until(lambda: refused(url))
        assert running.poll() is None
        assert "event: done" in said
    assert running.wait(20) == 0
    assert running.stderr is not None
    assert "Traceback" not in running.stderr.read()


def test_an_open_chat_page_does_not_hold_up_the_end(footnote: Run, folder: Path) -> None:
    footnote("ingest", str(folder))
    with OllamaStandIn() as ollama, own_process(ollama) as (url, running):
        with httpx.stream("GET", url + "/gradio_api/heartbeat/a-page", timeout=30) as heart:
            beats = heart.iter_lines()
            assert next(beats)
            running.send_signal(signal.SIGTERM)
            assert len(list(beats)) < 10
        assert running.wait(GRACE / 2) == 0


def refused(url: str) -> bool:
    try:
        httpx.get(url + "/healthz")
    except httpx.TransportError:
        return True
    return False


def test_a_reader_who_leaves_ends_the_models_work(process: tuple[str, subprocess.Popen[str], OllamaStandIn]) -> None:
    url, running, ollama = process
    ollama.pause = 0.5
    with httpx.stream("POST", url + "/api/chat", json=QUESTION, timeout=30) as response:
        said = response.iter_lines()
        assert "event: sources" in said
    until(lambda: 'footnote_questions{state="answering"} 0.0' in httpx.get(url + "/metrics").text)
    running.send_signal(signal.SIGTERM)
    assert running.wait(20) == 0


def test_questions_asked_at_once_are_embedded_at_once(bakery: Bakery) -> None:
    gate = threading.Barrier(4, timeout=20)

    class Meeting(HashingEmbedder):
        """Nobody goes on before four are there."""

        def embed_question(self, text: str) -> Vectors:
            """Wait for the others, then embed."""
            gate.wait()
            return super().embed_question(text)

    service = service_over(bakery.knowledge)
    service.assistant.searcher.embedder = Meeting()
    with serving(service) as url, ThreadPoolExecutor(4) as visitors:
        answers = list(visitors.map(lambda _: httpx.post(url + "/api/chat", json=QUESTION, timeout=30).text, range(4)))
    assert all("event: done" in text for text in answers)
