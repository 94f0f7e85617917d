"""uvicorn's server, whose end is not held up by the chat pages that are open somewhere."""

import asyncio
import socket
from collections.abc import Callable
from typing import Any

import uvicorn
from fastapi import FastAPI


class HttpServer(uvicorn.Server):
    """Serves ``app``, an ASGI application; ``loaded`` gives the one that ``make_app`` made once it is there.

    ``trusted_proxy`` may say in headers whom it passes on; ``grace`` is how many seconds running answers have to end.
    """

    def __init__(
        self, app: Any, loaded: Callable[[], FastAPI | None], *, trusted_proxy: str = "", grace: int | None = None
    ) -> None:
        config = uvicorn.Config(
            app, ws="none", log_level="warning", timeout_graceful_shutdown=grace,
            proxy_headers=bool(trusted_proxy), forwarded_allow_ips=trusted_proxy,
        )  # fmt: skip
        super().__init__(config)
        self._loaded = loaded

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Let running answers end, then the pages' heartbeats, which would never."""
        hanging_up = asyncio.ensure_future(self._hang_up())
        await super().shutdown(sockets)
        hanging_up.cancel()

    async def _hang_up(self) -> None:
        if app := self._loaded():
            while len(app.state.service.line):
                await asyncio.sleep(0.1)
            app.state.hang_up()
