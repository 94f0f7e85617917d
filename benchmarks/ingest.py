"""What an ingest costs: once more over an unchanged corpus, beside the bare embedder, and those who ask.

    python -m benchmarks.ingest unchanged [--articles 1000]     seconds, embeddings and chunk writes of a second run
    python -m benchmarks.ingest throughput [--articles 300]     chunks/s, and those of the embedder alone, in turns
    python -m benchmarks.ingest questions [--articles 300]      100 questions to a server, alone and beside an ingest

Articles are synthetic: 250 words of the bundled articles, in seeded disorder, under a title and three headings.
"""

import argparse
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import httpx
import numpy as np

from benchmarks import load
from benchmarks.questions import questions
from ingest.chunker import chunks
from ingest.documents import Document
from ingest.progress import quiet
from ingest.reader import read
from ingest.report import Report
from ingest.sources import Files, bundled
from ingest.sync import sync
from knowledge.model_files import PACKAGED
from knowledge.terms import words as words_of
from knowledge.wiring import Knowledge, make_embedder, open_knowledge
from ui.opened import open_base, settings_for

ROUNDS = 3
QUESTIONS = 100
# Seconds between two questions.
PAUSE = 0.05


def written(folder: Path, count: int, words: int = 250) -> Files:
    """``count`` articles of about ``words`` words, the same ones each time."""
    chance = random.Random(0)  # noqa: S311 (no secret)
    known = sorted({word for document in bundled().documents() for word in words_of(document.path.read_text("utf-8"))})
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        parts = [f"# Article {number} on {chance.choice(known)}"]
        for _ in range(3):
            sentences = (" ".join(chance.choices(known, k=10)).capitalize() + "." for _ in range(words // 30))
            parts += [f"## {chance.choice(known).capitalize()} of {chance.choice(known)}", " ".join(sentences)]
        (folder / f"article{number}.md").write_text("\n\n".join(parts), encoding="utf-8")
    return Files(str(folder), folder)


def rows(knowledge: Knowledge) -> int:
    """The highest row number that a chunk ever got: it grows with every write."""
    with knowledge.catalogue.engine.connect() as connection:
        found = connection.exec_driver_sql("SELECT seq FROM sqlite_sequence WHERE name = 'chunks'").scalar()
    return int(found or knowledge.catalogue.count(knowledge.generation())[1])


def unchanged(work: Path, count: int) -> None:
    """A first run and a second one."""
    source = written(work / "articles", count)
    knowledge = open_knowledge(work / "base", PACKAGED, "benchmark")
    knowledge.embedder.embed_question("load it")
    seconds: list[float] = []
    reports: list[Report] = []
    before = 0
    for _ in range(2):
        before = rows(knowledge) if reports else 0
        started = time.perf_counter()
        reports.append(sync(knowledge, [source], quiet))
        seconds.append(time.perf_counter() - started)
    print(f"first {seconds[0]:.1f} s, {reports[0].added} articles, {reports[0].computed} embeddings")
    print(f"again {seconds[1]:.1f} s ({seconds[1] / seconds[0]:.1%}), {reports[1].unchanged} unchanged,")
    print(f"      {reports[1].computed} embeddings, {rows(knowledge) - before} chunk writes")
    knowledge.close()


def throughput(work: Path, count: int) -> None:
    """Chunks a second of the embedder alone and of a whole ingest, in turns, processor and machine being the same."""
    source = written(work / "articles", count)
    texts = [
        chunk.indexed_text for one in source.documents() for chunk in chunks(read(Document(one.path, one.article_id)))
    ]
    embedder = make_embedder(PACKAGED, work)
    embedder.embed_question("load it")
    rates: dict[str, list[float]] = {"embedder alone": [], "ingest": []}
    for number in range(ROUNDS):
        started = time.perf_counter()
        embedder.embed_passages(texts)
        rates["embedder alone"].append(len(texts) / (time.perf_counter() - started))
        knowledge = open_knowledge(work / f"base{number}", "hashing", "benchmark")
        knowledge.embedder = embedder
        started = time.perf_counter()
        sync(knowledge, [source], quiet)
        rates["ingest"].append(len(texts) / (time.perf_counter() - started))
        knowledge.close()
    for name, found in rates.items():
        print(f"{name:15} {statistics.median(found):.1f} chunks/s")
    shares = [ours / alone for ours, alone in zip(rates["ingest"], rates["embedder alone"], strict=True)]
    print(f"share, median of {ROUNDS}: {statistics.median(shares):.1%}, of {len(texts)} chunks")


def answering(work: Path, count: int) -> None:
    """The same questions to a server of the bundled articles over HTTP, before an ingest of ``count`` and beside it."""
    source = written(work / "articles", count)
    with open_base(settings_for(work / "base"), "benchmark") as knowledge:
        sync(knowledge, [bundled()], quiet)
    footnote, data = str(Path(sys.executable).parent / "footnote"), ["--data-dir", str(work / "base")]
    environment = {"FOOTNOTE_MODEL": "extractive", "FOOTNOTE_VISITOR_LIMIT": "0", "FOOTNOTE_SITE_LIMIT": "0"}
    with load.running(load.serving(str(work / "base")), environment) as server:
        asked(server)  # warms up
        alone = asked(server)
        with subprocess.Popen([footnote, "ingest", source.key, *data], stderr=subprocess.PIPE, text=True) as ingest:
            assert ingest.stderr is not None  # noqa: S101 (for the type checker)
            begun = ingest.stderr.readline()
            beside = asked(server)
            ran_on = ingest.poll() is None
            ingest.terminate()
    print(f"alone                p50 {alone[0]:6.1f}  p95 {alone[1]:6.1f} ms")
    print(f"beside an ingest     p50 {beside[0]:6.1f}  p95 {beside[1]:6.1f} ms, {beside[1] / alone[1]:.1f} times")
    print(f"failed: {alone[2]} alone, {beside[2]} beside; the ingest had said {begun.strip()!r}, ran on: {ran_on}")


def asked(server: load.Server) -> tuple[float, float, int]:
    """Percentiles 50 and 95 of a whole answer in milliseconds, and how many of ``QUESTIONS`` failed."""
    taken, failed = [], 0
    with httpx.Client(base_url=f"http://{server.host}:{server.port}", timeout=60) as client:
        for question in questions()[:QUESTIONS]:
            started = time.perf_counter()
            answer = client.post("/api/chat", json={"question": question})
            taken.append((time.perf_counter() - started) * 1000)
            failed += answer.status_code != 200 or "event: error" in answer.text
            time.sleep(PAUSE)
    return float(np.percentile(taken, 50)), float(np.percentile(taken, 95)), failed


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("unchanged", "throughput", "questions"))
    parser.add_argument("--articles", type=int)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        count = given.articles or {"unchanged": 1000}.get(given.what, 300)
        runs = {"unchanged": unchanged, "throughput": throughput, "questions": answering}
        runs[given.what](work, count)


if __name__ == "__main__":
    main()
