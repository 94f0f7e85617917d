"""The same articles, weights and questions through Footnote, its peers and the bare embedder.

    python -m benchmarks.peers SET_FOLDER [--runs 5] [--work FOLDER] [--peers NAME ...]

Each run takes everyone in turn: a new process ingests, another starts, answers and goes on answering. Prints medians,
and each peer's ratio to Footnote within the same run, as median with the least and the most. Environments are made by
uv in the work folder (by default in the user's cache). Needs Linux.
"""

import argparse
import json
import shutil
import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
import platformdirs

from benchmarks.devset import Devset
from benchmarks.peers.environments import python_of
from benchmarks.peers.quality import Quality
from knowledge.model_files import PACKAGED, model_folder
from knowledge.wiring import make_embedder

OURS = "footnote"
EVERYONE = (OURS, "langchain", "txtai", "llamaindex", "haystack", "raw")
DRIVERS = Path(__file__).parent / "drivers"
COLUMNS = {
    "cold start s": "{:.1f}", "ingest chunks/s": "{:.0f}", "ingest s": "{:.1f}", "question p50 ms": "{:.1f}",
    "question p95 ms": "{:.1f}", "resident MiB": "{:.0f}", "index MB": "{:.1f}", "nDCG@10": "{:.3f}",
}  # fmt: skip

Row = dict[str, float]


def step(name: str, python: Path, peer: str, job: Path) -> dict[str, Any]:
    """Run one step of a driver in a new process.

    Raises:
        RuntimeError: it failed; with the last line it wrote.
    """
    command = [str(python), str(DRIVERS / f"{peer}.py"), name, str(job)]
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(job.parent), "HF_HUB_OFFLINE": "1"}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    if done.returncode:
        raise RuntimeError(f"{peer} failed to {name}: {done.stderr.strip().splitlines()[-1]}")
    result: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return result


def once(peer: str, python: Path, work: Path, job: dict[str, Any], quality: Quality) -> Row:
    """One peer, from nothing."""
    store, file = work / "store", work / "job.json"
    shutil.rmtree(store, ignore_errors=True)
    file.write_text(json.dumps(job | {"store": str(store)}), encoding="utf-8")
    ingested = step("ingest", python, peer, file)
    size = sum(path.stat().st_size for path in store.rglob("*") if path.is_file())
    started = time.time()
    asked = step("ask", python, peer, file)
    values = (
        asked["first"] - started, ingested["chunks"] / ingested["seconds"], ingested["seconds"],
        *(float(np.percentile(asked["taken"], share)) * 1000 for share in (50, 95)),
        asked["resident"], size / 1e6, quality.ndcg(asked["found"]),
    )  # fmt: skip
    return dict(zip(COLUMNS, values, strict=True))


def weights(work: Path) -> Path:
    """The packaged model as a sentence-transformers folder of its own, and Footnote's export of it made."""
    folder = work / "all-MiniLM-L6-v2"
    if not folder.exists():
        shutil.copytree(model_folder(PACKAGED), folder)
    make_embedder(str(folder), work).embed_question("export it")
    return folder


def table(rows: dict[str, list[Row]]) -> None:
    """Medians, then ratios to ours with their spread."""
    head = " | ".join(COLUMNS) + " |\n|---" + "|---" * len(COLUMNS) + "|"
    print(f"\n| median | {head}")
    for peer, runs in rows.items():
        cells = (form.format(median(run[name] for run in runs)) for name, form in COLUMNS.items())
        print(f"| {peer} | " + " | ".join(cells) + " |")
    print(f"\n| ratio to Footnote | {head}")
    for peer, runs in rows.items():
        if peer != OURS:
            pairs = list(zip(runs, rows[OURS], strict=True))
            cells = (_spread([run[name] / ours[name] for run, ours in pairs]) for name in COLUMNS)
            print(f"| {peer} | " + " | ".join(cells) + " |")


def _spread(ratios: list[float]) -> str:
    return f"{median(ratios):.2f} ({min(ratios):.2f}–{max(ratios):.2f})"


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("set", type=Path)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--work", type=Path, default=Path(platformdirs.user_cache_dir("footnote-peers")))
    parser.add_argument("--peers", nargs="*", default=EVERYONE[1:], choices=EVERYONE[1:])
    given = parser.parse_args()
    work, devset = given.work.resolve(), Devset(given.set.resolve())
    work.mkdir(parents=True, exist_ok=True)
    docs = {path.name: path.read_text(encoding="utf-8") for path in sorted((devset.folder / "docs").glob("*.md"))}
    questions = [query for query in devset.queries if query["answerable"] and devset.relevant.get(query["_id"])]
    job = {"model": str(weights(work)), "docs": docs, "questions": [question["text"] for question in questions]}
    pythons = {peer: python_of(peer, work) for peer in (OURS, *given.peers)}
    for peer, python in pythons.items():
        if isinstance(python, str):
            print(f"{peer} is left out: {python}")
    quality, rows = Quality(devset, docs, questions), dict[str, list[Row]]()
    there = {peer: python for peer, python in pythons.items() if isinstance(python, Path)}
    for number in range(given.runs):
        for peer, python in list(there.items()):
            try:
                rows.setdefault(peer, []).append(once(peer, python, work, job, quality))
            except RuntimeError as failed:
                print(f"{peer} is left out: {failed}")
                del there[peer], rows[peer]
                continue
            print(f"run {number + 1}: {peer} {rows[peer][-1]}", file=sys.stderr, flush=True)
    print(f"{devset.name}: {len(docs)} articles, {len(questions)} questions, {given.runs} runs")
    table(rows)


if __name__ == "__main__":
    main()
