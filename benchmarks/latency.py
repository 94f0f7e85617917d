"""How fast a warm server answers without a language model, and how fast the command line says what it can.

    python -m benchmarks.latency [--questions 200]

Prints p50 and p95 in milliseconds: the question's embedding alone, the search, the whole extractive answer in
process, and over HTTP until the first delta; the embedding again with 16 askers at once, each question in a run of its
own as the server does it, and in batches, in turns; then the wall time of ``footnote --help`` and ``doctor --help``.
Between them a table of what each stage of an answer takes.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import numpy as np

from assistant.events import Done, Event
from assistant.question import check
from benchmarks.questions import questions
from benchmarks.stages import report, stages
from ingest.progress import quiet
from ingest.sources import bundled
from ingest.sync import sync
from knowledge.embedder import Embedder
from knowledge.settings import Setting
from ui.opened import open_base, settings_for
from ui.server.application import serving
from ui.server.service import Service, open_service

# Another suite than those that are measured: what it finds is remembered, as a server that has run for a while would.
WARM_UP = "answers_dev_2"
ASKERS = 16


def timed(name: str, count: int, work: Callable[[str], object]) -> None:
    """Run ``work`` for ``count`` questions, each another, and print its percentiles."""
    for question in questions(WARM_UP):
        work(question)
    taken = []
    for question in questions()[:count]:
        started = time.perf_counter()
        done = work(question)
        taken.append((time.perf_counter() - started) * 1000)
        del done  # what is left to do of it is not what somebody waits for
    print(f"{name:42} p50 {np.percentile(taken, 50):7.1f}  p95 {np.percentile(taken, 95):7.1f}")


def at_once(service: Service, rounds: int = 5) -> None:
    """Questions a second by 16 askers, each question in a run of its own and 16 in one batch, and their ratio."""
    embedder = service.knowledge.embedder
    ratios = []
    for _ in range(rounds):
        alone, batched = sixteen(embedder.embed_question), in_batches(embedder)
        ratios.append(batched / alone[0])
        print(f"16 askers, questions/s: a run each {alone[0]:4.0f} (p95 {alone[1]:.1f} ms), batches {batched:4.0f}")
    print(f"in batches to a run each: median {np.median(ratios):.2f}, {min(ratios):.2f} to {max(ratios):.2f}")


def in_batches(embedder: Embedder) -> float:
    """Questions a second where each run takes the next 16."""
    asked = questions()
    started = time.perf_counter()
    for start in range(0, len(asked), ASKERS):
        embedder.embed_passages(asked[start : start + ASKERS])
    return len(asked) / (time.perf_counter() - started)


def sixteen(work: Callable[[str], object], each: int = 60) -> tuple[float, float]:
    """Questions a second, and the 95th percentile of a question in milliseconds."""
    taken: list[float] = []
    asked = questions()

    def ask(number: int) -> None:
        for turn in range(each):
            started = time.perf_counter()
            work(asked[(number * each + turn) % len(asked)])
            taken.append((time.perf_counter() - started) * 1000)

    started = time.perf_counter()
    with ThreadPoolExecutor(ASKERS) as pool:
        list(pool.map(ask, range(ASKERS)))
    return len(taken) / (time.perf_counter() - started), float(np.percentile(taken, 95))


def over_http(service: Service, count: int) -> None:
    """The same through the API, until the first delta or the refusal."""
    with serving(service) as address, httpx.Client(timeout=30) as client:
        url = address + "/api/chat"

        def first_token(question: str) -> None:
            with client.stream("POST", url, json={"question": question}) as response:
                next(line for line in response.iter_lines() if line in ("event: delta", "event: done"))

        timed("HTTP, until the first delta", count, first_token)


def command_line() -> None:
    """Five cold processes each."""
    for words in (["--help"], ["doctor", "--help"]):
        taken = []
        for _ in range(5):
            started = time.perf_counter()
            subprocess.run([Path(sys.executable).parent / "footnote", *words], capture_output=True, check=True)
            taken.append(time.perf_counter() - started)
        print(f"footnote {' '.join(words):33} median {np.median(taken):5.2f} s  worst {max(taken):5.2f} s")


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--questions", type=int, default=200)
    count = parser.parse_args().questions
    with tempfile.TemporaryDirectory() as folder:
        settings = settings_for(Path(folder))
        settings |= {name: Setting(name, 0, "") for name in ("visitor_limit", "site_limit")}
        with open_base(settings, "benchmark") as knowledge:
            sync(knowledge, [bundled()], quiet)
        with open_service(settings) as service:
            in_process(service, count)
            by_stage(service, count)
            over_http(service, count)
            at_once(service)
    command_line()


def in_process(service: Service, count: int) -> None:
    """Embedding, search, answer, without HTTP."""
    assistant = service.assistant

    def until_done(question: str) -> Iterator[Event]:
        events = assistant.events(check(question), "extractive")
        next(event for event in events if isinstance(event, Done))
        return events

    timed("embedding the question", count, service.knowledge.embedder.embed_question)
    timed("search", count, lambda question: assistant.searcher.search(question, 10))
    timed("extractive answer, until it is there", count, until_done)
    timed("the same with its trace and ledger entry", count, lambda asked: assistant.answer(check(asked), "extractive"))


def by_stage(service: Service, count: int) -> None:
    """A table of the stages of an answer, its trace and ledger entry among them."""
    asked, embedder = questions()[:count], type(service.knowledge.embedder)
    report(stages(lambda asked: service.assistant.answer(check(asked), "extractive"), asked, embedder))


if __name__ == "__main__":
    main()
