"""The most memory of an ingest, beside that of Chroma alone with the same vectors: what grows beyond them is ours.

    python -m benchmarks.ingest_memory [--articles 5000 20000]

Short synthetic articles on the hashing embedder; every figure is of a process of its own, in MiB.
"""

import argparse
import json
import resource
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from itertools import pairwise
from pathlib import Path

import numpy as np

from benchmarks.ingest import written
from ingest import embedding_cache
from ingest.batches import BATCH
from ingest.progress import quiet
from ingest.sync import sync
from knowledge.embedder import Vectors
from knowledge.vectors import VectorStore
from knowledge.wiring import open_knowledge

# Of so many words an article makes three chunks.
WORDS, CHUNKS = 60, 3

Figures = dict[str, float]


def ingested(work: Path, count: int) -> Figures:
    """``count`` articles through the whole product."""
    source = written(work / "articles", count, WORDS)
    knowledge = open_knowledge(work / "base", "hashing", "benchmark")
    sync(knowledge, [source], quiet)
    chunks = knowledge.catalogue.count(knowledge.generation())[1]
    knowledge.close()
    return {"most": most(), "vectors": chunks * knowledge.fingerprint().dimension * 4 / 2**20}


def alone(work: Path, _count: int) -> Figures:
    """The vectors of that ingest into Chroma, as the product sets it up and with as many a call."""
    store = VectorStore(work / "alone")
    for ids, vectors in stored(work / "base" / embedding_cache.FILE):
        store.add(1, ids, vectors)
    store.close()
    return {"alone": most()}


def stored(file: Path) -> Iterator[tuple[list[str], Vectors]]:
    """Vectors with ids as long as a chunk's, batch by batch."""
    with closing(sqlite3.connect(file)) as connection:
        cursor = connection.execute("SELECT text, vector FROM vectors")
        while found := cursor.fetchmany(BATCH * CHUNKS):
            yield [key.hex()[:24] for key, _ in found], np.stack([np.frombuffer(one, np.float32) for _, one in found])


def most() -> float:
    """The most memory that this process had, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measured(count: int) -> Figures:
    """Both, each in a process of its own."""
    figures: Figures = {}
    with tempfile.TemporaryDirectory() as work:
        for step in STEPS:
            command = [sys.executable, "-m", "benchmarks.ingest_memory", "--articles", str(count)]
            done = subprocess.run([*command, "--step", step, work], check=True, capture_output=True, text=True)
            figures |= json.loads(done.stdout)
    shown = "{most:.0f} MiB at most, Chroma alone {alone:.0f}, the vectors themselves {vectors:.0f}"
    print(f"{count:6} articles: {shown.format(**figures)}", flush=True)
    return figures


STEPS = {"ingested": ingested, "alone": alone}


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, nargs="+", default=[5000, 20000])
    parser.add_argument("--step", nargs=2, metavar=("STEP", "FOLDER"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.step:
        print(json.dumps(STEPS[given.step[0]](Path(given.step[1]), given.articles[0])))
        return
    for one, other in pairwise([measured(count) for count in given.articles]):
        grown = {name: other[name] - one[name] for name in one}
        beyond = grown["most"] - grown["alone"]
        print(
            "grew by {most:.0f}, Chroma alone by {alone:.0f}".format(**grown) + f": {beyond:.0f} MiB beyond the vectors"
        )


if __name__ == "__main__":
    main()
