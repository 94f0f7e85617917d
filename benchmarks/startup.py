"""How soon ``footnote serve`` answers, and what it holds when idle, with the chat page and without.

    python -m benchmarks.startup [--runs 5]

Median and worst over the runs: seconds from the start of the process until ``/healthz`` and ``/readyz`` say 200, the
slowest ``/healthz`` in between, and the resident memory (VmRSS, MiB) two seconds after that. Needs Linux.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

import httpx

from ui.server.listener import address, bind

FOOTNOTE = str(Path(sys.executable).parent / "footnote")
ASKED_EVERY = 0.1


def resident(pid: int | str = "self") -> float:
    """VmRSS of a process, in MiB."""
    line = next(line for line in Path(f"/proc/{pid}/status").read_text().splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def once(folder: str, *options: str) -> dict[str, float]:
    """One start."""
    with bind("127.0.0.1", 0) as free:
        url = address(free)
    started = time.perf_counter()
    command = [FOOTNOTE, "serve", "--data-dir", folder, "--port", url.rsplit(":", 1)[1], *options]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process, httpx.Client(base_url=url) as client:
        alive = until(client, "/healthz")[0] - started
        ready, slowest = until(client, "/readyz")
        time.sleep(2)
        found = {"healthz": alive, "ready": ready - started, "slowest": slowest, "MiB": resident(process.pid)}
        process.terminate()
    return found


def until(client: httpx.Client, path: str) -> tuple[float, float]:
    """When ``path`` first said 200, and the longest that ``/healthz`` took until then, in seconds."""
    slowest = 0.0
    while True:
        time.sleep(ASKED_EVERY)
        asked = time.perf_counter()
        try:
            client.get("/healthz")
            slowest = max(slowest, time.perf_counter() - asked)
            if client.get(path).status_code == 200:
                return time.perf_counter(), slowest
        except httpx.ConnectError:
            continue


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=5)
    runs = parser.parse_args().runs
    print("footnote serve   /healthz after  ready after  slowest /healthz  resident MiB   (median, worst)")
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([FOOTNOTE, "ingest", "--data-dir", folder], capture_output=True, check=True)
        for options in ((), ("--no-page",)):
            rows = [once(folder, *options) for _ in range(runs)]
            columns = ([row[name] for row in rows] for name in ("healthz", "ready", "slowest", "MiB"))
            shown = "   ".join(f"{median(column):6.2f} {max(column):6.2f}" for column in columns)
            print(f"{' '.join(options) or 'with the page':16} {shown}")


if __name__ == "__main__":
    main()
