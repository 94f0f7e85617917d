"""A cap on what a request may send, applied while it is read."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.server.problem_json import Problem

# 20 turns of 2,000 characters in any script, escaped, are below 400 kB.
MOST_BYTES = 1 << 20


class BodyLimit:
    """ASGI middleware: bodies are read here, up to the cap, and handed on whole."""

    def __init__(self, app: ASGIApp, most: int = MOST_BYTES) -> None:
        self._app = app
        self._most = most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] != "http" or scope["method"] not in ("POST", "PUT", "PATCH"):
            return await self._app(scope, receive, send)
        length = dict(scope["headers"]).get(b"content-length", b"0")
        body = b"" if length.isdigit() and int(length) <= self._most else None
        while body is not None:
            message = await receive()
            if message["type"] == "http.disconnect":
                return None
            body += message.get("body", b"")
            body = body if len(body) <= self._most else None
            if not message.get("more_body"):
                break
        if body is None:
            refusal = Problem(413, "the request is too large", "send at most 1 MB").response(scope["path"])
            refusal.headers["Connection"] = "close"
            return await refusal(scope, receive, send)
        return await self._app(scope, _replayed(body, receive), send)


def _replayed(body: bytes, receive: Receive) -> Receive:
    waiting: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def again() -> Message:
        return waiting.pop() if waiting else await receive()

    return again
