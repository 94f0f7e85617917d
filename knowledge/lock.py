"""One process at a time has a data folder open: embedded Chroma is not safe across processes.

A lock of the kernel (flock), so nothing is left behind by kill -9. The lock file says who holds it.
"""

import fcntl
import json
import os
import time
from io import TextIOWrapper
from pathlib import Path

from knowledge.errors import DataFolderError, IndexBusy, ServerHolds
from knowledge.timestamps import now

WAIT_SECONDS = 30.0
POLL_SECONDS = 0.1
# Purposes of those who hold a folder for as long as they run, and take orders meanwhile.
SERVERS = ("serve", "mcp")


def acquire(folder: Path, purpose: str, wait: float = WAIT_SECONDS) -> TextIOWrapper:
    """Hold ``folder`` until the returned file is closed; makes the folder if it is missing.

    ``purpose`` is told to whoever comes second. A server is not waited for.

    Raises:
        IndexBusy: another process holds the folder, and did not let go within ``wait`` seconds.
        DataFolderError: the folder cannot be made or written.
    """
    file = _open(folder)
    deadline = time.monotonic() + wait
    while not _try(file):
        holder = _holder(file)
        if holder.get("purpose") in SERVERS or time.monotonic() > deadline:
            file.close()
            raise _busy(folder, holder)
        time.sleep(POLL_SECONDS)
    file.seek(0)
    file.truncate()
    json.dump({"pid": os.getpid(), "since": now(), "purpose": purpose}, file)
    file.flush()
    return file


def is_free(folder: Path) -> bool:
    """Does no process hold ``folder`` now?"""
    with _open(folder) as file:
        return _try(file)


def _open(folder: Path) -> TextIOWrapper:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return (folder / "lock").open("a+", encoding="utf-8")
    except OSError as error:
        raise DataFolderError(
            f"the data folder {folder} cannot be written: {error.strerror}",
            "give another one with --data-dir or FOOTNOTE_DATA_DIR, or mend its permissions",
        ) from error


def _try(file: TextIOWrapper) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _holder(file: TextIOWrapper) -> dict[str, str]:
    file.seek(0)
    try:
        found: dict[str, str] = json.load(file)
    except ValueError:  # caught between truncate and write
        return {}
    return found


def _busy(folder: Path, holder: dict[str, str]) -> IndexBusy:
    who = f"`footnote {holder.get('purpose', '?')}`, process {holder.get('pid', '?')}"
    kind = ServerHolds if holder.get("purpose") in SERVERS else IndexBusy
    return kind(
        f"the data folder {folder} is in use by {who}, since {holder.get('since', '?')}",
        "wait for it to end or stop it; a running server answers on its own address",
    )
