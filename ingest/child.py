"""The child process in which documents are read: it may hang, crash or run out of memory, and the run goes on.

One child reads document after document; it is started when first needed and anew after it was lost. What passes
between the processes is JSON, so that a parser that was taken over can hand back nothing but text.
``python -m ingest.child`` is the child's side.
"""

import base64
import json
import os
import resource
import select
import subprocess
import sys
import time
from dataclasses import asdict
from functools import cache
from typing import IO, Any

from ingest.about import About
from ingest.documents import Readable
from ingest.fetching.page import Page
from ingest.rejection import Rejected, Unwanted
from knowledge.article import Article, article_from

SECONDS = 20.0
MEMORY_BYTES = 2 << 30
OUTPUT_BYTES = 20_000_000


class Child:
    """Reads in a process of its own; ``seconds`` a document, ``command`` is the child's (tests give others)."""

    def __init__(self, seconds: float = SECONDS, command: tuple[str, ...] = ("-m", "ingest.child")) -> None:
        self._seconds = seconds
        self._command = command
        self._process: subprocess.Popen[bytes] | None = None

    def read(self, document: Readable) -> Article:
        """The article in a document.

        Raises:
            Rejected: what ``reader.parse`` says, or a limit was passed.
        """
        return article_from(self._asked({"about": asdict(document.about)}, document.data())["article"])

    def links(self, page: Page) -> list[str]:
        """Where a page's links lead, as they are written; none where it cannot be read."""
        try:
            return list(self._asked({"links": page.content_type}, page.body)["found"])
        except Rejected:
            return []

    def close(self) -> None:
        """End the process."""
        if self._process:
            self._process.kill()
            self._process.communicate()
            self._process = None

    def _asked(self, question: dict[str, Any], data: bytes) -> dict[str, Any]:
        line = json.dumps(question | {"data": base64.b64encode(data).decode()}).encode() + b"\n"
        process = self._started()
        assert process.stdin is not None  # noqa: S101 (for the type checker)
        assert process.stdout is not None  # noqa: S101 (for the type checker)
        try:
            process.stdin.write(line)
            process.stdin.flush()
            answer: dict[str, Any] = json.loads(self._line(process.stdout))
        except (Rejected, OSError, ValueError) as error:
            self.close()
            raise error if isinstance(error, Rejected) else Rejected("the reader crashed on it") from error
        if "rejected" in answer:
            raise (Rejected if answer["keeps"] else Unwanted)(answer["rejected"])
        return answer

    def _line(self, stream: IO[bytes]) -> bytes:
        """The child's answer; its first start gets the time to load."""
        until = time.monotonic() + self._seconds
        whole = bytearray()
        while not whole.endswith(b"\n"):
            if not select.select([stream], [], [], max(until - time.monotonic(), 0))[0]:
                raise Rejected(f"reading it took more than {self._seconds:g} seconds")
            piece = os.read(stream.fileno(), 1 << 16)
            if not piece:
                raise Rejected(f"the reader crashed on it{self._signal()}")
            whole += piece
            if len(whole) > OUTPUT_BYTES:
                raise Rejected(f"more than {OUTPUT_BYTES:,} bytes came out of it")
        return bytes(whole)

    def _signal(self) -> str:
        code = self._process.wait() if self._process else 0
        return f" (signal {-code})" if code < 0 else ""

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            self._process = subprocess.Popen(  # noqa: S603 (our own module)
                [sys.executable, *self._command],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},
                start_new_session=True,  # Ctrl-C ends the run at a document's border, not the child within one
            )
        return self._process


@cache
def shared() -> Child:
    """The one child of this process."""
    import atexit

    child = Child()
    atexit.register(child.close)
    return child


def _answered(question: dict[str, Any]) -> dict[str, Any]:
    """The child's side of one question."""
    from ingest.reader import parse
    from ingest.readers.html import links

    data = base64.b64decode(question["data"])
    try:
        if "links" in question:
            return {"found": links(data, question["links"])}
        return {"article": asdict(parse(data, About(**question["about"])))}
    except Rejected as rejected:
        return {"rejected": str(rejected), "keeps": rejected.keeps_earlier}
    except MemoryError:
        return {"rejected": f"reading it takes more than {MEMORY_BYTES >> 30} GiB of memory", "keeps": True}
    except RecursionError:
        return {"rejected": "it is nested too deeply", "keeps": True}


def serve() -> None:
    """Answer until the parent is gone. Whatever a library prints goes nowhere near the answers."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    for line in sys.stdin.buffer:
        answers.write(json.dumps(_answered(json.loads(line))).encode() + b"\n")
        answers.flush()


if __name__ == "__main__":
    serve()
