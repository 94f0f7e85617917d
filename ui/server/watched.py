"""Our headers on every response, and its time in the metrics."""

import time

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.server.metrics import Metrics

HEADERS = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "strict-origin-when-cross-origin"}


class Watched:
    """ASGI middleware around all that answers; the page's routes pass here too, whose ``app`` is another.

    ``policy`` is the Content-Security-Policy of the page at ``/``.
    """

    def __init__(self, app: ASGIApp, metrics: Metrics, policy: str) -> None:
        self._app = app
        self._metrics = metrics
        self._policy = {"Content-Security-Policy": policy}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        path, started = Request(scope).url.path, time.perf_counter()
        upload = path.rstrip("/").endswith("/gradio_api/upload")  # nothing here takes files from visitors
        app = Response(status_code=404) if upload else self._app

        async def watched(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(HEADERS | (self._policy if path in ("", "/") else {}))
                pattern = getattr(scope.get("route"), "path", "other")
                self._metrics.requested(pattern, message["status"], time.perf_counter() - started)
            await send(message)

        return await app(scope, receive, watched)
