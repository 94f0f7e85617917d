"""How a server holds out beside a slow model: many visitors, two answers at once, a line that is short.

    python -m benchmarks.endurance [--clients 50] [--seconds 300]

The model is the tests' stand-in for Ollama on loopback, at 20 words a second; it repeats a sentence of the passages.
``footnote serve`` has the bundled articles, answers two at once and lets eight wait. Who is turned away (the planned
503) comes back after a second. Prints answers by status, who wrote them, the percentiles of ``/healthz``, how long the
first words took beyond the model's own, and the server's resident memory after each fifth of the time. Needs Linux.
"""

import argparse
import asyncio
import json
import re
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from typing import Any

import httpx
import numpy as np

from benchmarks.load import Server, running, serving
from benchmarks.questions import questions
from benchmarks.startup import resident
from ingest.progress import quiet
from ingest.sources import bundled
from ingest.sync import sync
from tests.ollama_standin import OllamaStandIn
from ui.opened import open_base, settings_for

# Seconds between two words of the model, and until somebody who was turned away asks again.
WORD, AGAIN = 0.05, 1.0
SLOTS, WAITING = 2, 8
FIFTHS = 5
# A sentence at the beginning of a paragraph.
SENTENCE = re.compile(r"^[A-Z][^|\n:]+?[.!?](?=\s)", re.MULTILINE)


@dataclass
class Seen:
    """What came of the load; times in milliseconds, memory in MiB."""

    statuses: Counter[int] = field(default_factory=Counter)
    writers: Counter[str] = field(default_factory=Counter)
    broken: int = 0
    health: list[float] = field(default_factory=list)
    own: list[float] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)


def says(user: str) -> str:
    """A sentence of the passages, and again: the second tells that the first is whole."""
    found = SENTENCE.search(user)
    sentence = found[0] if found else "None."
    return f"{sentence} [1] {sentence} [1]"


async def visit(client: httpx.AsyncClient, question: str, seen: Seen) -> None:
    """One question, to the end of its answer."""
    async with client.stream("POST", "/api/chat", json={"question": question}) as response:
        lines = [line async for line in response.aiter_lines()]
    seen.statuses[response.status_code] += 1
    if response.status_code == 503:
        await asyncio.sleep(AGAIN)
    elif answer := _done(lines):
        seen.writers[answer["model"]["kind"] if answer["answered"] else "refused"] += 1
        if answer["answered"] and answer["model"]["kind"] == "local":
            words = len(answer["answer"].split("]")[0].split()) + 1  # the first of the next sentence ends the first one
            seen.own.append(answer["timings_ms"]["first_token"] - words * WORD * 1000)
    else:
        seen.broken += 1


def _done(lines: list[str]) -> dict[str, Any] | None:
    """The answer that a stream ended with."""
    if "event: done" not in lines:
        return None
    answer: dict[str, Any] = json.loads(lines[lines.index("event: done") + 1].removeprefix("data: "))
    return answer


async def load_of(server: Server, clients: int, seconds: float) -> Seen:
    """The load of so many clients."""
    seen, asked, ends = Seen(), cycle(questions()), time.perf_counter() + seconds

    async def visitor(client: httpx.AsyncClient) -> None:
        while time.perf_counter() < ends:
            await visit(client, next(asked), seen)

    async def supervisor(client: httpx.AsyncClient) -> None:
        while time.perf_counter() < ends:
            started = time.perf_counter()
            await client.get("/healthz")
            seen.health.append((time.perf_counter() - started) * 1000)
            await asyncio.sleep(0.1)

    async def weigher() -> None:
        for _ in range(FIFTHS):
            await asyncio.sleep(seconds / FIFTHS)
            seen.memory.append(resident(server.pid))

    unlimited = httpx.Limits(max_connections=None)
    async with httpx.AsyncClient(base_url=f"http://{server.host}:{server.port}", timeout=120, limits=unlimited) as one:
        await asyncio.gather(weigher(), supervisor(one), *(visitor(one) for _ in range(clients)))
    return seen


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=300)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, OllamaStandIn(says=says, pause=WORD) as model:
        with open_base(settings_for(Path(folder)), "benchmark") as knowledge:
            sync(knowledge, [bundled()], quiet)
        environment = {
            "FOOTNOTE_OLLAMA_URL": model.url, "FOOTNOTE_VISITOR_LIMIT": "0", "FOOTNOTE_SITE_LIMIT": "0",
            "FOOTNOTE_ANSWERS_AT_ONCE": str(SLOTS), "FOOTNOTE_ANSWERS_WAITING": str(WAITING),
        }  # fmt: skip
        with running(serving(folder), environment) as server:
            seen = asyncio.run(load_of(server, given.clients, given.seconds))
    print(f"statuses {dict(seen.statuses)}, without an end {seen.broken}, written by {dict(seen.writers)}")
    print("/healthz ms: p50 {:.1f}, p99 {:.1f}, most {:.1f}".format(*np.percentile(seen.health, [50, 99, 100])))
    print("first words beyond the model's, ms: p50 {:.0f}, p95 {:.0f}".format(*np.percentile(seen.own, [50, 95])))
    print("resident MiB after each fifth: " + ", ".join(f"{size:.0f}" for size in seen.memory))


if __name__ == "__main__":
    main()
