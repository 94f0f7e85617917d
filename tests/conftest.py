"""Shared fixtures: no network, small bases on the hashing embedder, the bundled one on the real embedder."""

import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from ingest.progress import quiet
from ingest.sources import Files, bundled
from ingest.sync import sync
from knowledge.telemetry import silence
from knowledge.wiring import Knowledge, open_knowledge

LOOPBACK = ("127.", "::1", "localhost")


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reaches beyond loopback; one that tries fails with the address it wanted."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if isinstance(address, tuple) and not str(address[0]).startswith(LOOPBACK):
            pytest.fail(f"a test tried to reach {address}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(autouse=True)
def _own_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No setting of the machine's owner reaches a test; Ollama is looked for where nothing listens."""
    import os

    for name in [name for name in os.environ if name.startswith("FOOTNOTE_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("FOOTNOTE_OLLAMA_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("FOOTNOTE_DATA_DIR", str(tmp_path / "data"))
    silence()


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """A folder to write articles into."""
    folder = tmp_path / "articles"
    folder.mkdir()
    return folder


@pytest.fixture
def base(tmp_path: Path) -> Iterator[Knowledge]:
    """An empty base on the hashing embedder."""
    knowledge = open_knowledge(tmp_path / "base", "hashing", "test", wait=0)
    yield knowledge
    knowledge.close()


@pytest.fixture
def ingest(base: Knowledge, articles: Path) -> Callable[..., Any]:
    """``ingest(name="text", ...)`` writes Markdown files and brings the base in step with the folder."""

    def run(**files: str) -> Any:
        for name, text in files.items():
            (articles / f"{name}.md").write_text(text, encoding="utf-8")
        return sync(base, [Files(str(articles), articles)], quiet)

    return run


@pytest.fixture(scope="session")
def bundled_base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Knowledge]:
    """The bundled articles on the real embedder; loaded once for the whole run."""
    knowledge = open_knowledge(tmp_path_factory.mktemp("bundled"), "all-MiniLM-L6-v2", "test", wait=0)
    sync(knowledge, [bundled()], quiet)
    yield knowledge
    knowledge.close()
