"""HEAD wherever GET is answered: link checkers and many a monitor ask so, and FastAPI's routes do not know it."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send


class Head:
    """ASGI middleware: such a request is a GET whose response ends with its head."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] != "http" or scope["method"] != "HEAD":
            return await self._app(scope, receive, send)

        async def headed(message: Message) -> None:
            if message["type"] == "http.response.start":  # a stream hears from the server that its reader has left
                await send(message)
                await send({"type": "http.response.body"})

        return await self._app(dict(scope, method="GET"), receive, headed)
