"""What Footnote adds to a model: time to the first token through it less the same server called directly.

    python -m benchmarks.overhead [--streams 16]

The server is the tests' stand-in for Ollama on loopback, so that the model itself takes no time; the base is three
articles on the hashing embedder, and the search is timed apart. Both sides send the same prompt through the same socket
library. Then so many streams run at once, each told to say its own question's number: none may lose or mix a word.
Last, visitors close their connection in the middle of an answer: how long until the model server sees its own closed?
"""

import argparse
import http.client
import json
import statistics
import tempfile
import threading
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from assistant.chain import Assistant
from assistant.events import Delta, Done
from assistant.ledger import Ledger
from assistant.question import check
from assistant.settings import ASSISTANT
from assistant.wiring import make_assistant
from ingest.progress import quiet
from ingest.sources import Files
from ingest.sync import sync
from knowledge.settings import Setting
from knowledge.wiring import open_knowledge
from tests.ollama_standin import OllamaStandIn
from ui.server.application import serving
from ui.server.service import Service

QUESTION = "What is bread baked from?"
ROUNDS = 40
LEAVERS = 20
# Sentences of one streamed answer.
SENTENCES = 30


def through(assistant: Assistant) -> tuple[float, float]:
    """Milliseconds to the first words and of the search."""
    began, first = time.perf_counter(), 0.0
    for event in assistant.events(check(QUESTION)):
        if isinstance(event, Delta) and not first:
            first = (time.perf_counter() - began) * 1000
        if isinstance(event, Done):
            return first, event.answer.timings_ms["search"]
    raise AssertionError("an answer without an end")


def direct(url: str, body: bytes) -> float:
    """Milliseconds to the first sentence of the same answer, by a bare client."""
    began, said = time.perf_counter(), ""
    with urllib.request.urlopen(urllib.request.Request(f"{url}/api/chat", body), timeout=10) as response:
        for line in response:
            said += json.loads(line)["message"]["content"]
            if said.count("]") and said.count("[") > 1:  # the first sentence is known to be whole when the next begins
                return (time.perf_counter() - began) * 1000
    return (time.perf_counter() - began) * 1000


def streams(assistant: Assistant, count: int) -> int:
    """How many of so many answers at once are whole and their own."""
    good = []

    def ask(n: int) -> None:
        answer = assistant.answer(check(f"What is bread number{n} baked from?"))
        good.append(answer.model.kind == "local" and answer.answer.count(f"number{n} ") == SENTENCES)

    threads = [threading.Thread(target=ask, args=(n,)) for n in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(good)


def leaving(url: str, server: OllamaStandIn) -> float:
    """Milliseconds from a closed tab, in the middle of an answer, to the model server's closed socket."""
    before, asked = len(server.left), len(server.requests)
    visitor = http.client.HTTPConnection(urlsplit(url).netloc, timeout=30)
    body = json.dumps({"question": QUESTION})
    visitor.request("POST", "/api/chat", body, {"Content-Type": "application/json"})
    until(lambda: len(server.requests) > asked)
    time.sleep(0.2)  # the model writes
    closed = time.monotonic()
    visitor.close()
    until(lambda: len(server.left) > before)
    return (server.left[before] - closed) * 1000


def until(true: Callable[[], bool]) -> None:
    """Wait for it, half a minute at most."""
    for _ in range(15_000):
        if true():
            return
        time.sleep(0.002)
    raise TimeoutError("it did not happen in 30 seconds")


def says(user: str) -> str:
    """The stand-in repeats the number in the question."""
    number = next((word for word in user.rpartition("Question:")[2].split() if word.startswith("number")), "it")
    return f"Bread {number} is baked from flour, water and salt. [1] " * SENTENCES


def main(count: int) -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as place, OllamaStandIn(says=says) as server:
        folder = Path(place) / "articles"
        folder.mkdir()
        for n, name in enumerate(("bread", "rolls", "buns")):
            text = " ".join(f"number{one}" for one in range(count))
            (folder / f"{name}.md").write_text(
                f"# {name.title()} {n}\n\nBread is baked from flour, water and salt, it does {text}.", encoding="utf-8"
            )
        knowledge = open_knowledge(Path(place) / "base", "hashing", "benchmark")
        sync(knowledge, [Files("articles", folder)], quiet)
        settings = {s.name: s for s in ASSISTANT} | {"ollama_url": Setting("ollama_url", server.url, "")}
        assistant = make_assistant(knowledge, settings)
        through(assistant)
        body = json.dumps(server.requests[-1]).encode()
        pairs = [(through(assistant), direct(server.url, body)) for _ in range(ROUNDS)]
        added = sorted(first - search - bare for (first, search), bare in pairs)
        whole = streams(assistant, count)
        server.pause, server.says = 0.02, says("") * 10  # fifty words a second, for ten seconds
        with serving(Service(knowledge, assistant)) as url:
            book = Ledger(knowledge.catalogue.engine)
            entered = len(book.rows())
            gone = sorted(leaving(url, server) for _ in range(LEAVERS))
            until(lambda: len(book.rows()) == entered + LEAVERS)  # each has its price, before the base closes
        knowledge.close()
    p95 = added[int(0.95 * len(added))]
    print(f"time to first words beyond search and model, ms: p50 {statistics.median(added):.1f}, p95 {p95:.1f}")
    print(f"closed tab to closed socket, ms: p50 {statistics.median(gone):.0f}, most {gone[-1]:.0f} of {LEAVERS}")
    print(f"streams at once: {whole} of {count} whole and unmixed")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--streams", type=int, default=16)
    main(parser.parse_args().streams)
