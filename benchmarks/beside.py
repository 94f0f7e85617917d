"""What an ingest costs a server on the same machine, at the usual priority and at the low one that it has.

    python -m benchmarks.beside [--rounds 3]

Embeds a question every 20 ms (p50 and p95 in milliseconds), alone and beside a process that embeds chunks without end,
whose rate is given in chunks a second. In turns; medians over the rounds.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from knowledge.embedder import Embedder
from knowledge.model_files import PACKAGED
from knowledge.wiring import make_embedder
from ui.opened import give_way

TEXT = "A paragraph as long as those that ingest cuts, all of it words. " * 12
CHUNKS = [f"{number}. {TEXT}" for number in range(64)]
SECONDS = 6.0


def ingest(embedder: Embedder, priority: str) -> None:
    """Embed for as long as told, print the rate."""
    if priority == "low":
        give_way()
    embedder.embed_question("warm up")
    print("begun", flush=True)
    done, started = 0, time.perf_counter()
    while (taken := time.perf_counter() - started) < SECONDS:
        embedder.embed_passages(CHUNKS)
        done += len(CHUNKS)
    print(done / taken)


def questions(embedder: Embedder) -> tuple[float, float]:
    """Percentiles of a question, for a little less time than the ingest runs."""
    taken, until = [], time.perf_counter() + SECONDS - 1
    while time.perf_counter() < until:
        started = time.perf_counter()
        embedder.embed_question("What is retrieval-augmented generation?")
        taken.append((time.perf_counter() - started) * 1000)
        time.sleep(0.02)
    return float(np.percentile(taken, 50)), float(np.percentile(taken, 95))


def beside(embedder: Embedder, folder: str, priority: str) -> tuple[float, ...]:
    """Question percentiles beside an ingest, and the ingest's rate."""
    command = [sys.executable, "-m", "benchmarks.beside", "--ingest", priority, "--folder", folder]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None  # noqa: S101 (for the type checker)
        process.stdout.readline()
        found = questions(embedder)
        return (*found, float(process.stdout.readline()))


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--ingest", choices=("usual", "low"), help=argparse.SUPPRESS)
    parser.add_argument("--folder", help=argparse.SUPPRESS)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        embedder = make_embedder(PACKAGED, Path(given.folder or folder))
        if given.ingest:
            ingest(embedder, given.ingest)
            return
        embedder.embed_question("export it")
        rows: dict[str, list[tuple[float, ...]]] = {"alone": [], "usual": [], "low": []}
        for _ in range(given.rounds):
            rows["alone"].append((*questions(embedder), 0))
            for priority in ("usual", "low"):
                rows[priority].append(beside(embedder, folder, priority))
    print(f"{os.cpu_count()} cores   p50 ms  p95 ms  ingest chunks/s")
    for name, row in rows.items():
        print(f"{name:9} " + "  ".join(f"{value:6.1f}" for value in np.median(row, axis=0)))


if __name__ == "__main__":
    main()
