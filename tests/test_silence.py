"""No dependency phones home: ingest, ask and serve with every connection logged by the kernel's own account."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

FOOTNOTE = Path(sys.executable).parent / "footnote"
STRACE = shutil.which("strace")
ABROAD = re.compile(r"connect\(\d+, \{sa_family=AF_INET6?,.*?inet_(?:addr|pton)\((?:AF_INET6, )?\"([^\"]+)\"")

# Starts the whole server, page included, asks it over HTTP, and stops it.
SERVE_AND_ASK = """
import time, httpx
from ui.opened import settings_for
from ui.server.application import serving
from ui.server.service import open_service
with open_service(settings_for(None)) as service, serving(service) as url:
    assert "gradio" in httpx.get(url).text
    answer = httpx.post(url + "/api/chat", json={"question": "What is RAG?"}, timeout=120).text
    assert '"answered":true' in answer, answer
    time.sleep(2)
"""


@pytest.mark.embedder
@pytest.mark.skipif(STRACE is None, reason="NO STRACE FOUND: connections cannot be logged, install strace")
@pytest.mark.parametrize(
    "command",
    [[FOOTNOTE, "ingest"], [sys.executable, "-c", SERVE_AND_ASK]],
    ids=["ingest", "serve and ask"],
)
def test_nothing_is_connected_to_but_this_machine(
    command: list[str], silent_home: dict[str, str], tmp_path: Path
) -> None:
    log = tmp_path / "connections"
    traced = [str(STRACE), "-f", "--seccomp-bpf", "-qq", "-e", "trace=connect,sendto", "-o", str(log)]
    done = subprocess.run(
        [*traced, *command], capture_output=True, text=True, env=silent_home, timeout=170, check=False
    )
    assert done.returncode == 0, done.stderr
    addresses = set(ABROAD.findall(log.read_text(encoding="utf-8", errors="replace")))
    assert {one for one in addresses if not one.startswith(("127.", "::1", "::ffff:127."))} == set()
    assert "AF_INET" in log.read_text() or command[-1] == "ingest"  # the log does see connections


@pytest.fixture(scope="module")
def silent_home(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """A home without settings or caches, so that every library starts as on a new machine; shared by the two runs."""
    home = tmp_path_factory.mktemp("home")
    return {
        "PATH": "/usr/bin:/bin",
        "HOME": str(home),
        "FOOTNOTE_DATA_DIR": str(home / "data"),
        "FOOTNOTE_OLLAMA_URL": "http://127.0.0.1:9",
    }
