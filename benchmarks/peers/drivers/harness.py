"""What every driver is run by, measured from inside: one process ingests, a new one answers. Standard library only.

A driver gives ``load(model)``, ``ingest(loaded, docs, store)``, which returns the number of chunks, and
``opened(loaded, store)``, which returns a function from a question to its 20 best chunks as ``(document, text)``.
It prints one JSON value.
"""

import json
import sys
import time
from pathlib import Path

K = 20


def resident():
    """VmRSS of this process, in MiB."""
    line = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def run(load, ingest, opened):
    """Do the step named on the command line with the job named after it."""
    step, job = sys.argv[1], json.loads(Path(sys.argv[2]).read_text(encoding="utf-8"))
    loaded = load(job["model"])
    if step == "ingest":
        docs = {name: text for name, text in job["docs"].items() if text.strip()}
        started = time.perf_counter()
        chunks = ingest(loaded, docs, job["store"])
        print(json.dumps({"chunks": chunks, "seconds": time.perf_counter() - started}))
        return
    ask = opened(loaded, job["store"])
    ask(job["questions"][0])
    first, taken, found = time.time(), [], []
    for question in job["questions"]:
        started = time.perf_counter()
        found.append(ask(question))
        taken.append(time.perf_counter() - started)
    print(json.dumps({"first": first, "taken": taken, "found": found, "resident": resident()}))
