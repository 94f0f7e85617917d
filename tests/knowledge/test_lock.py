"""One process at a time; nothing is left behind by a dead one."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from knowledge.errors import DataFolderError, IndexBusy, ServerHolds
from knowledge.lock import SERVERS, acquire

HOLD = """
import sys, time
from pathlib import Path
from knowledge.lock import SERVERS, acquire
held = acquire(Path(sys.argv[1]), sys.argv[2])
print("held", flush=True)
time.sleep(60)
"""


@contextmanager
def held_by_another(folder: Path, purpose: str) -> Iterator[int]:
    """Another process holds ``folder`` while the block runs; yields its id."""
    command = [sys.executable, "-c", HOLD, str(folder), purpose]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2]) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "held\n"
            yield process.pid
        finally:
            process.kill()


def test_the_second_is_refused_with_pid_and_purpose_of_the_first(tmp_path: Path) -> None:
    with held_by_another(tmp_path, "ingest") as pid, pytest.raises(IndexBusy) as caught:
        acquire(tmp_path, "ask", wait=0)
    assert f"in use by `footnote ingest`, process {pid}, since 20" in str(caught.value)
    assert "wait for it to end" in caught.value.hint


@pytest.mark.parametrize("purpose", SERVERS)
def test_a_server_is_not_waited_for(tmp_path: Path, purpose: str) -> None:
    started = time.monotonic()
    with held_by_another(tmp_path, purpose), pytest.raises(ServerHolds, match=f"footnote {purpose}`"):
        acquire(tmp_path, "ingest", wait=60)
    assert time.monotonic() - started < 30


def test_the_folder_is_free_once_its_holder_is_killed(tmp_path: Path) -> None:
    with held_by_another(tmp_path, "ingest") as pid:
        os.kill(pid, signal.SIGKILL)
        acquire(tmp_path, "ask", wait=10).close()


def test_the_folder_is_free_after_close(tmp_path: Path) -> None:
    acquire(tmp_path, "ask", wait=0).close()
    acquire(tmp_path, "ask", wait=0).close()


def test_waiting_ends_when_the_holder_lets_go(tmp_path: Path) -> None:
    first = acquire(tmp_path, "ingest", wait=0)
    with pytest.raises(IndexBusy, match=f"process {os.getpid()}"):
        acquire(tmp_path, "ask", wait=0.3)
    first.close()
    acquire(tmp_path, "ask", wait=0.3).close()


def test_the_file_names_its_present_holder_only(tmp_path: Path) -> None:
    acquire(tmp_path, "a purpose with many more letters", wait=0).close()
    with acquire(tmp_path, "ask", wait=0):
        holder = json.loads((tmp_path / "lock").read_text())
    assert (holder["purpose"], holder["pid"]) == ("ask", os.getpid())


def test_the_folder_is_made_with_its_parents(tmp_path: Path) -> None:
    acquire(tmp_path / "a" / "b", "ask", wait=0).close()
    assert (tmp_path / "a" / "b" / "lock").exists()


@pytest.mark.parametrize("below", ["", "data", "data/deeper"])
def test_a_path_at_or_below_a_file_is_told_with_a_remedy(tmp_path: Path, below: str) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(DataFolderError, match="cannot be written") as caught:
        acquire(tmp_path / "file" / below, "ask", wait=0)
    assert "--data-dir" in caught.value.hint
