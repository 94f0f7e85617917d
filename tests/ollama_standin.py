"""A stand-in Ollama: real HTTP on a real socket, a scripted text instead of a model, faults chosen by the model's name.

Written from the protocol as Ollama's source has it (0.33); standard library only. What it says on the wire is in
``tests/ollama_wire.py``.
"""

import itertools
import select
import socket
import struct
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from types import TracebackType
from typing import Any, Self

from tests import ollama_wire as wire

Says = str | Callable[[str], str]

DEFAULT_SAYS = "Open models keep data at home. [1] They cost nothing per call. [1]"


class OllamaStandIn:
    """A server for the length of a ``with``.

    ``models`` are the ones it lists; every fault of ``tests/ollama_wire.py`` answers whether listed or not. ``says``
    is the answer, or makes it from the user message as the model sees it, after silent truncation. ``pause`` is the
    seconds between two chunks. ``requests`` are the bodies of all chats, ``digests`` those of models that changed,
    ``retry_after`` is what a 429 asks for; ``left`` tells when, on the monotonic clock, each reader that left was seen
    to have closed its connection.
    """

    handler: "type[Handler]"

    def __init__(
        self, models: Iterable[str] = ("ok",), says: Says = DEFAULT_SAYS, pause: float = 0.0, port: int = 0
    ) -> None:
        self.models = list(models)
        self.says = says
        self.pause = pause
        self.requests: list[dict[str, Any]] = []
        self.left: list[float] = []
        self.loaded: dict[str, int] = {}
        self.digests: dict[str, str] = {}
        self.failed = 0
        self.size = 2019393189
        self.retry_after = "30"
        self.closing = Event()
        self._server = _Server(("127.0.0.1", port), partial(self.handler, self))
        self._accepting = Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Self:
        self._accepting.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """End what hangs, close every connection, and wait for the threads."""
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()
        self._accepting.join()
        self._server.hang_up()

    def text_for(self, user: str) -> str:
        """What the model says to a user message."""
        return self.says if isinstance(self.says, str) else self.says(user)


class _Server(ThreadingHTTPServer):
    """Remembers its connections, so that a client that keeps one open does not outlive the server."""

    def __init__(self, address: tuple[str, int], handler: Callable[..., BaseHTTPRequestHandler]) -> None:
        self._connections: list[tuple[Thread, Any]] = []
        super().__init__(address, handler)

    def process_request(self, request: Any, client_address: Any) -> None:
        thread = Thread(target=self.process_request_thread, args=(request, client_address), daemon=True)
        self._connections.append((thread, request))
        thread.start()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hung up is no error, anything else is."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)

    def hang_up(self) -> None:
        for thread, connection in self._connections:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
            thread.join(5)


class Handler(BaseHTTPRequestHandler):
    """One connection; HTTP/1.1, kept alive, chunked where it streams."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def __init__(self, stand_in: OllamaStandIn, *given: Any) -> None:
        self.stand_in = stand_in
        super().__init__(*given)

    def log_message(self, format: str, *args: Any) -> None:
        """Keep standard error clean."""

    def do_GET(self) -> None:
        """What is there."""
        models, loaded = self.stand_in.models, self.stand_in.loaded
        shapes: dict[str, Callable[[], wire.Json]] = {
            "/api/version": lambda: {"version": wire.VERSION},
            "/api/tags": lambda: {
                "models": [wire.tag(name, self.stand_in.digests.get(name, "a" * 64)) for name in models]
            },
            "/api/ps": lambda: {"models": [wire.running(name, window) for name, window in loaded.items()]},
        }
        if self.path == "/":
            self._whole(200, b"Ollama is running", "text/plain; charset=utf-8")
        elif self.path in shapes:
            self.json(200, shapes[self.path]())
        else:
            self._whole(404, b"404 page not found", "text/plain")

    def do_POST(self) -> None:
        """Chats, and the routes beside them."""
        sent = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        route = {"/api/chat": self._chat, "/api/show": self._show, "/api/pull": self._pull}.get(self.path)
        if not route:
            self._whole(404, b"404 page not found", "text/plain")
            return
        try:
            route(wire.decoded(sent))
        except wire.Refused as refused:
            wait = {"Retry-After": self.stand_in.retry_after} if refused.status == 429 else {}
            self.json(refused.status, {"error": str(refused)}, **wait)
        except ConnectionError:
            self.forsaken()

    def forsaken(self) -> None:
        """The reader left."""
        self.stand_in.left.append(time.monotonic())
        self.close_connection = True

    def _show(self, body: wire.Json) -> None:
        wire.admit(body["model"], self.stand_in.models)
        self.json(200, wire.show(body["model"]))

    def _pull(self, body: wire.Json) -> None:
        """Line by line; the model is there at its end."""
        if wire.fault_of(body["model"]) == "html":
            self._whole(502, b"<html><body><h1>502 Bad Gateway</h1></body></html>", "text/html")
            return
        lines = wire.pulling(body["model"], self.stand_in.size)
        first = next(lines)
        self.headed("application/x-ndjson")
        for line in itertools.chain([first], lines):
            self.chunk(wire.encoded(line))
            self.stand_in.closing.wait(self.stand_in.pause)
            if line.get("status") == "success":
                self.stand_in.models.append(body["model"])
        self.wfile.write(b"0\r\n\r\n")

    def _chat(self, body: wire.Json) -> None:
        self.stand_in.requests.append(body)
        if wire.fault_of(body["model"]) == "flaky" and self.stand_in.failed < 2:
            self.stand_in.failed += 1
            raise wire.Refused(*wire.REFUSALS["busy"])
        wire.begin(body, self.stand_in.models)
        fault = wire.fault_of(body["model"])
        if fault == "html":
            self._whole(502, b"<html><body><h1>502 Bad Gateway</h1></body></html>", "text/html")
        elif fault == "hang":
            self.silence()
        elif fault == "redirect":
            self._whole(307, b"", "text/plain", Location="/moved/api/chat")
        elif body.get("stream", True):
            self._stream(fault, self._lines(body))
        else:
            self.json(200, wire.joined(list(self._lines(body))))

    def _lines(self, body: wire.Json) -> Iterator[wire.Json]:
        """A break comes after three lines."""
        window = int(body.get("options", {}).get("num_ctx", wire.NUM_CTX))
        if wire.fault_of(body["model"]) == "narrow":
            window = wire.NARROW
        self.stand_in.loaded[body["model"]] = window
        user, tokens = wire.as_seen(body.get("messages", []), window)
        lines = wire.lines(body, self.stand_in.text_for(user), tokens)
        fault = wire.fault_of(body["model"])
        return itertools.islice(lines, 3) if fault in wire.BREAKS else lines

    def headed(self, kind: str) -> None:
        """The head of a stream."""
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()

    def _stream(self, fault: str, lines: Iterator[wire.Json]) -> None:
        self.headed("application/x-ndjson")
        for line in lines:
            if self.stand_in.closing.is_set():
                break
            self.chunk(wire.encoded(line))
            self.rest()
        self._broken(fault)

    def _broken(self, fault: str) -> None:
        """How the stream ends: properly, or as the fault has it."""
        if fault == "stall":
            self.silence()
        elif fault == "fin":
            self.close_connection = True
        elif fault == "rst":
            self._reset()
        else:
            if fault == "miderr":
                self.chunk(wire.encoded({"error": wire.MIDSTREAM}))
            elif fault == "halfchar":
                self.chunk(wire.encoded(wire.chunk("halfchar", "é")).replace("é".encode(), "é".encode()[:1]))
            elif fault == "halfline":
                self.chunk(wire.encoded(wire.chunk("halfline", "half"))[:40])
            self.wfile.write(b"0\r\n\r\n")

    def silence(self) -> None:
        """Nothing more, until the server closes or the client hangs up."""
        self.close_connection = True
        while not self.stand_in.closing.is_set():
            self._watch(0.02)

    def rest(self) -> None:
        """The pause between two chunks; a client that hangs up meanwhile is seen at once."""
        if self.stand_in.pause:
            self._watch(self.stand_in.pause)

    def _watch(self, seconds: float) -> None:
        seen = select.select([self.connection], [], [], seconds)[0]
        if seen and not self.stand_in.closing.is_set() and not self.connection.recv(1, socket.MSG_PEEK):
            raise ConnectionAbortedError

    def _reset(self) -> None:
        """RST instead of FIN: no lingering, and the descriptor really closed, which ``rfile`` holds too."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.rfile.close()
        self.connection.close()
        self.close_connection = True

    def chunk(self, data: bytes) -> None:
        """A chunk of a stream; an empty one ends it."""
        self.wfile.write(b"%x\r\n%s\r\n" % (len(data), data))

    def json(self, status: int, value: wire.Json, **headers: str) -> None:
        """A whole answer."""
        self._whole(status, wire.encoded(value).rstrip(), "application/json; charset=utf-8", **headers)

    def _whole(self, status: int, body: bytes, kind: str, **more: str) -> None:
        self.send_response(status)
        for name, value in ({"Content-Type": kind, "Content-Length": str(len(body))} | more).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)


OllamaStandIn.handler = Handler
