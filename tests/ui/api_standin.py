"""A stand-in for our server: the widget's real files, and answers that a test scripts byte by byte."""

import json
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from types import TracebackType
from typing import Any, Self

from ui.widget.files import built_files

# Bytes are sent, an Event is waited for, None cuts the connection.
Step = bytes | Event | None
CITATION = {
    "n": 1, "article_id": "open", "title": "Open models", "url": None, "start": 0, "end": 9,
    "section": "Why open models? > Privacy", "quote": "Data stays at **home**.", "updated": "2026-03-01",
}  # fmt: skip
ANSWER = "Data stays at home. [1]"


def event(name: str, **data: object) -> bytes:
    """One server-sent event."""
    return f"event: {name}\ndata: {json.dumps(data)}\n\n".encode()


def done(text: str = ANSWER, citations: Sequence[dict[str, Any]] = (CITATION,), **more: object) -> bytes:
    """The last event."""
    model = {"kind": "extractive", "name": "extractive"}
    shape = {"answered": True, "answer": text, "citations": citations, "nearest": [], "model": model, "trace_id": "a1"}
    return event("done", **shape | {"left_environment": False, "language": "en"} | more)


def answer(
    text: str = ANSWER, pieces: Sequence[str] | None = None, citations: Sequence[dict[str, Any]] = (CITATION,)
) -> list[Step]:
    """A whole answer, its text in the given pieces."""
    hits = [{name: one[name] for name in ("article_id", "title", "url", "section")} for one in citations]
    start = [event("meta", status="Searching 2 articles …"), event("sources", hits=hits)]
    cited = [event("citation", **one) for one in citations]
    return [*start, *cited, *(event("delta", text=piece) for piece in pieces or [text]), done(text, citations)]


class ApiStandIn:
    """A server for the length of a ``with``; ``script`` answers every question, unless ``status`` is not 200."""

    def __init__(self, port: int = 0) -> None:
        self.script: Callable[[dict[str, Any]], Iterable[Step]] = lambda asked: answer()
        self.status = 200
        self.headers: dict[str, str] = {}
        self.problem: dict[str, object] = {"title": "no", "detail": "later"}
        self.asked: list[tuple[str, dict[str, Any]]] = []
        self.left = Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", port), partial(_Handler, self))
        self._server.daemon_threads = True
        self._thread = Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self._server.server_address[1])

    @property
    def url(self) -> str:
        """Its origin."""
        return f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stop()

    def stop(self) -> None:
        """Go down, as a server that is restarted does; may be called again."""
        if self._thread.is_alive():
            self._server.shutdown()
            self._server.server_close()
            self._thread.join()

    def questions(self) -> list[str]:
        """What was asked at ``/api/chat``."""
        return [body["question"] for path, body in self.asked if path == "/api/chat"]


class _Handler(BaseHTTPRequestHandler):
    def __init__(self, standin: ApiStandIn, *given: Any) -> None:
        self._standin = standin
        super().__init__(*given)

    def do_OPTIONS(self) -> None:
        self._reply(204, b"", "text/plain")

    def do_GET(self) -> None:
        name = self.path.partition("?")[0].removeprefix("/widget/v1/")
        if name in built_files():
            self._reply(
                200, built_files()[name].body, "application/json" if name.endswith(".json") else "text/javascript"
            )
        elif name == "/api/starters":
            self._reply(
                200, json.dumps({"page": ["What is this?"], "questions": ["Why?"]}).encode(), "application/json"
            )
        else:
            self._reply(404, b"", "text/plain")

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self._standin.asked.append((self.path, body))
        if self._standin.status != 200:
            problem = json.dumps(self._standin.problem).encode()
            return self._reply(self._standin.status, problem, "application/problem+json")
        if self.path != "/api/chat":
            return self._reply(200, b"{}", "application/json")
        self._head(200, "text/event-stream")
        try:
            for step in self._standin.script(body):
                if step is None:
                    return None
                if isinstance(step, Event):
                    step.wait(20)
                else:
                    self.wfile.write(step)
        except OSError:
            self._standin.left.set()
        return None

    def _reply(self, status: int, body: bytes, kind: str) -> None:
        self._head(status, kind, len(body))
        self.wfile.write(body)

    def _head(self, status: int, kind: str, length: int | None = None) -> None:
        self.send_response(status)
        cors = {"Access-Control-Allow-Origin": "*", "Access-Control-Allow-Headers": "content-type,x-footnote-site"}
        expose = {"Access-Control-Expose-Headers": "Retry-After", "Connection": "close", "Content-Type": kind}
        for name, value in (cors | expose | self._standin.headers).items():
            self.send_header(name, value)
        if length is not None:
            self.send_header("Content-Length", str(length))
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""
