"""What the chat page's HTML has before all of Gradio's: the theme, set before anything is drawn."""

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEAD = b"<head>"
# Relative, so that it works below any path of a proxy; nothing is drawn until it has run.
FIRST = b'<script src="footnote/theme.js"></script>'


class Shell:
    """ASGI middleware inside of Gradio: its HTML begins with ``FIRST``.

    What Gradio is given as ``head`` comes by a script of its own, long after the page has been drawn.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        held: list[Message] = []

        async def shelled(message: Message) -> None:
            if message["type"] == "http.response.start" and _is_html(message):
                held.append(message)
                return
            if held:
                start = held.pop()
                message["body"] = _begun(start, message.get("body", b""))
                await send(start)
            await send(message)

        await self._app(scope, receive, shelled)


def _is_html(start: Message) -> bool:
    return MutableHeaders(scope=start).get("content-type", "").startswith("text/html")


def _begun(start: Message, body: bytes) -> bytes:
    """The body with ``FIRST`` in its head, which the length in ``start`` then counts."""
    begun: bytes = body.replace(HEAD, HEAD + FIRST, 1)
    headers = MutableHeaders(scope=start)
    if "content-length" in headers:
        headers["content-length"] = str(int(headers["content-length"]) + len(begun) - len(body))
    return begun
