"""Command line in the same process, and a real server on a free port."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn

from assistant.settings import ASSISTANT
from assistant.wiring import make_assistant
from knowledge.settings import Setting
from knowledge.wiring import Knowledge
from ui.cli import main
from ui.server import bind, make_app
from ui.service import Service

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def footnote(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """``footnote("ask", "...")`` as typed in a shell, on the hashing embedder: ``(exit code, stdout, stderr)``."""
    monkeypatch.setenv("FOOTNOTE_EMBEDDER", "hashing")

    def run(*words: str) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["footnote", *words])
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = capsys.readouterr()
        return int(ended.value.code or 0), out, err

    return run


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one good article."""
    articles = tmp_path / "site"
    articles.mkdir()
    (articles / "bread.md").write_text("# Bread\n\nBread is baked from flour, water and salt.\n", encoding="utf-8")
    return articles


def service_over(knowledge: Knowledge, **given: Any) -> Service:
    """A service as ``footnote serve`` builds it."""
    settings = {s.name: s for s in ASSISTANT} | {n: Setting(n, v, "", "test") for n, v in given.items()}
    settings["ollama_url"] = Setting("ollama_url", given.get("ollama_url", "http://127.0.0.1:9"), "", "test")
    return Service(knowledge, make_assistant(knowledge, settings))


class Running:
    """A server in a thread of this process."""

    def __init__(self, service: Service) -> None:
        self._listener: socket.socket = bind("127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self._server = uvicorn.Server(uvicorn.Config(make_app(service), log_level="error", ws="none"))
        self._thread = threading.Thread(target=self._server.run, kwargs={"sockets": [self._listener]}, daemon=True)

    def __enter__(self) -> "Running":
        self._thread.start()
        with closing(httpx.Client()) as client:
            for _ in range(600):
                try:
                    client.get(self.url + "/healthz")
                    return self
                except httpx.TransportError:
                    time.sleep(0.05)
        raise AssertionError("the server did not start")

    def __exit__(self, *_: object) -> None:
        self._server.should_exit = True
        self._thread.join(20)
        self._listener.close()


@pytest.fixture(scope="session")
def site(bundled_base: Knowledge) -> Iterator[Running]:
    """The real thing: bundled articles, real embedder, real page."""
    service = service_over(bundled_base)
    service.warm()
    with Running(service) as running:
        yield running
