"""How fast a warm server answers without a language model, and how fast the command line says what it can.

    python -m benchmarks.latency [--questions 200]

Prints p50 and p95 in milliseconds: the question's embedding alone, the search, the whole extractive answer in
process, and over HTTP until the first delta; then the wall time of ``footnote --help`` and ``footnote doctor --help``.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import httpx
import numpy as np

from assistant.question import check
from ingest.sources import bundled
from ingest.sync import sync
from ui.opened import open_base, settings_for
from ui.server import serving
from ui.service import Service, open_service

QUESTIONS = (
    "Why would I pick an open model?", "What is RAG?", "disadvantages of closed models", "Who founded Anthropic?",
    "how can I reduce hallucinations", "What year was the transformer published?", "How do I bake bread?",
    "when should I choose closed source?", "how does rag work", "What is a large language model?",
)  # fmt: skip


def timed(name: str, count: int, work: Callable[[str], object]) -> None:
    """Run ``work`` for ``count`` questions in turn and print its percentiles."""
    for question in QUESTIONS:
        work(question)
    taken = []
    for number in range(count):
        started = time.perf_counter()
        work(QUESTIONS[number % len(QUESTIONS)])
        taken.append((time.perf_counter() - started) * 1000)
    print(f"{name:42} p50 {np.percentile(taken, 50):7.1f}  p95 {np.percentile(taken, 95):7.1f}")


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
        with open_base(settings, "benchmark") as knowledge:
            sync(knowledge, [bundled()], lambda line: None)
        with open_service(settings) as service:
            in_process(service, count)
            over_http(service, count)
    command_line()


def in_process(service: Service, count: int) -> None:
    """Embedding, search, answer, without HTTP."""
    assistant = service.assistant
    timed("embedding the question", count, service.knowledge.embedder.embed_question)
    timed("search", count, lambda question: assistant.searcher.search(question, 10))
    timed("extractive answer, in process", count, lambda question: assistant.answer(check(question), "extractive"))


if __name__ == "__main__":
    main()
