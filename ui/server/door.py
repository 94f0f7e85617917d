"""The server's front door: answers from the first moment, and passes on to what has been loaded by now.

Importing Gradio takes some five seconds, Chroma one, FastAPI with the database another. A supervisor that asks
``/healthz`` and a visitor who opens the page do not wait for them.
"""

import asyncio
import threading
from collections.abc import Awaitable, Callable, MutableMapping
from concurrent.futures import Future
from contextlib import suppress
from typing import Any

from starlette.datastructures import Headers
from starlette.responses import HTMLResponse, JSONResponse, Response

from ui.server.problem_json import Problem

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

HEADERS = {"Retry-After": "1", "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}


class Door:
    """An ASGI application around one that ``load`` makes, in a thread, as soon as the server listens.

    ``load`` sets ``app`` once questions can be answered and ``missing`` to what it is loading; when it returns,
    everything goes to ``app``, whose own start and end are run, and ``ready`` is called. ``loaded`` holds its error,
    if it has one. ``page`` gives the language and the HTML of ``/`` meanwhile, of an ``Accept-Language``.
    """

    def __init__(
        self, load: "Callable[[Door], None]", ready: Callable[[], None], page: Callable[[str], tuple[str, str]]
    ) -> None:
        self.app: Any = None
        self.missing: str | None = "the articles are being opened"
        self.loaded: Future[None] = Future()
        self._load = load
        self._ready = ready
        self._page = page

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or live through the server's life (ASGI's ``lifespan``)."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif self.app is not None and (self.missing is None or scope["path"] not in ("/", "/readyz")):
            await self.app(scope, receive, send)
        else:
            await self._meanwhile(scope)(scope, receive, send)

    def _meanwhile(self, scope: Scope) -> Response:
        path = scope["path"]
        if path == "/healthz":
            return JSONResponse({"status": "ok"})
        if path == "/":
            language, page = self._page(Headers(scope=scope).get("accept-language", ""))
            return HTMLResponse(page, 503, HEADERS | {"Content-Language": language, "Vary": "Accept-Language"})
        if path == "/readyz":
            return JSONResponse({"status": "not ready", "reason": self.missing}, 503, HEADERS)
        told = Problem(503, "the server is starting", self.missing or "", 1, "not_ready").response(path)
        told.headers.update(HEADERS)
        return told

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        loop, ended = asyncio.get_running_loop(), asyncio.Event()
        threading.Thread(target=self._run, args=(loop, ended), name="loading", daemon=True).start()
        await send({"type": "lifespan.startup.complete"})
        stopped, loading = asyncio.ensure_future(receive()), asyncio.ensure_future(ended.wait())
        await asyncio.wait((stopped, loading), return_when=asyncio.FIRST_COMPLETED)
        if loading.done() and not self.loaded.exception():
            async with self.app.router.lifespan_context(self.app):
                self.missing = None
                self._ready()
                await stopped
        await stopped
        await send({"type": "lifespan.shutdown.complete"})

    def _run(self, loop: asyncio.AbstractEventLoop, ended: asyncio.Event) -> None:
        try:
            self._load(self)
        except BaseException as error:  # noqa: BLE001 (raised again by whoever runs the server)
            self.loaded.set_exception(error)
        else:
            self.loaded.set_result(None)
        with suppress(RuntimeError):  # stopped meanwhile: the loop is closed
            loop.call_soon_threadsafe(ended.set)
