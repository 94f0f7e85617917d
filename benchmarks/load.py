"""How many visitors a server answers at once, beside the same load on a bare route that only embeds the question.

    python -m benchmarks.load [--clients 50] [--seconds 60]

Two processes in turn, each warm: FastAPI with one route over the embedder, which is the limit of this machine, and
``footnote serve`` over the bundled articles, by extraction. Every client asks the next of the questions of the bundled
suites as soon as it has its answer. Prints requests a second and percentiles in milliseconds, what was not answered by
status, and meanwhile the slowest ``/healthz``: how long the event loop was held up.
"""

import argparse
import asyncio
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path
from typing import NamedTuple

import numpy as np

from benchmarks.questions import questions
from ingest.progress import quiet
from ingest.sources import bundled
from ingest.sync import sync
from ui.opened import open_base, settings_for

# Seconds of load before the clock starts.
WARM_UP = 5

Pipe = list[asyncio.StreamReader | asyncio.StreamWriter]


class Server(NamedTuple):
    """Where a server process answers."""

    host: str
    port: int
    pid: int


async def request(server: Server, path: str, body: bytes, pipe: Pipe) -> int:
    """One request on a connection that is kept; the status, once the whole answer is there."""
    if not pipe:
        pipe += await asyncio.open_connection(server.host, server.port)
    reader, writer = pipe
    assert isinstance(reader, asyncio.StreamReader)  # noqa: S101 (for the type checker)
    assert isinstance(writer, asyncio.StreamWriter)  # noqa: S101 (for the type checker)
    verb = "POST" if body else "GET"
    head = f"{verb} {path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    writer.write(head.encode() + body)
    told = (await reader.readuntil(b"\r\n\r\n")).lower()
    if b"transfer-encoding: chunked" in told:
        while size := int((await reader.readline()).strip(), 16):
            await reader.readexactly(size + 2)
        await reader.readexactly(2)
    else:
        await reader.readexactly(int(told.partition(b"content-length: ")[2].split(b"\r\n")[0]))
    return int(told.split()[1])


async def load_of(server: Server, path: str, clients: int, seconds: float) -> None:
    """The load of so many clients; prints what came of it."""
    asked = cycle([json.dumps({"question": text}).encode() for text in questions()])
    taken: list[float] = []
    health: list[float] = []
    statuses: Counter[int] = Counter()
    begins = time.perf_counter() + WARM_UP
    ends = begins + seconds

    async def visitor() -> None:
        pipe: Pipe = []
        while time.perf_counter() < ends:
            started = time.perf_counter()
            status = await request(server, path, next(asked), pipe)
            if started >= begins:
                statuses[status] += 1
                taken.append((time.perf_counter() - started) * 1000)

    async def supervisor() -> None:
        pipe: Pipe = []
        while time.perf_counter() < ends:
            started = time.perf_counter()
            await request(server, "/healthz", b"", pipe)
            health.append((time.perf_counter() - started) * 1000)
            await asyncio.sleep(0.1)

    await asyncio.gather(supervisor(), *(visitor() for _ in range(clients)))
    p50, p95, p99 = np.percentile(taken, [50, 95, 99])
    print(
        f"{path:12} {len(taken) / seconds:7.1f} requests/s  p50 {p50:7.1f}  p95 {p95:7.1f}  p99 {p99:7.1f}  "
        f"statuses {dict(statuses)}  /healthz p99 {np.percentile(health, 99):.1f}, slowest {max(health):.1f}"
    )


@contextmanager
def running(command: list[str], environment: dict[str, str]) -> Iterator[Server]:
    """A server process, once it says where it answers."""
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=os.environ | environment) as process:
        assert process.stderr is not None  # noqa: S101 (for the type checker)
        told = next(line for line in process.stderr if "http://127.0.0.1:" in line)
        try:
            yield Server("127.0.0.1", int(told.partition("http://127.0.0.1:")[2].split()[0]), process.pid)
        finally:
            process.terminate()


def serving(folder: str) -> list[str]:
    """The command that serves a base, without the page, wherever there is a free port."""
    footnote = str(Path(sys.executable).parent / "footnote")
    return [footnote, "serve", "--port", "0", "--no-page", "--data-dir", folder]


def bare(folder: Path) -> None:
    """The bare route, until stopped."""
    import uvicorn
    from fastapi import FastAPI
    from pydantic import BaseModel

    from ui.server.listener import address, bind

    class Asked(BaseModel):
        question: str

    with open_base(settings_for(folder), "benchmark") as knowledge, bind("127.0.0.1", 0) as listener:
        app = FastAPI()
        knowledge.embedder.embed_question("warm up")

        @app.get("/healthz")
        async def health() -> dict[str, str]:
            return {"status": "ok"}

        @app.post("/embed")
        def embed(asked: Asked) -> dict[str, int]:
            return {"dimension": len(knowledge.embedder.embed_question(asked.question))}

        print(address(listener), file=sys.stderr, flush=True)
        uvicorn.Server(uvicorn.Config(app, log_level="error")).run(sockets=[listener])


def main() -> None:
    """Both loads in turn."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--bare", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.bare:
        bare(given.bare)
        return
    with tempfile.TemporaryDirectory() as folder:
        with open_base(settings_for(Path(folder)), "benchmark") as knowledge:
            sync(knowledge, [bundled()], quiet)
        environment = {"FOOTNOTE_MODEL": "extractive", "FOOTNOTE_VISITOR_LIMIT": "0", "FOOTNOTE_SITE_LIMIT": "0"}
        alone = [sys.executable, "-m", "benchmarks.load", "--bare", folder]
        for command, path in ((alone, "/embed"), (serving(folder), "/api/chat")):
            with running(command, environment) as server:
                asyncio.run(load_of(server, path, given.clients, given.seconds))


if __name__ == "__main__":
    main()
