"""The tools over streamable HTTP, at ``/mcp``: one request, one answer, nothing remembered between them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI, Request
from mcp.server.transport_security import TransportSecuritySettings
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from ui.mcp.tools import make_server
from ui.server.http_error import HttpError
from ui.server.service import Service

PATH = "/mcp"


class OverHttp:
    """An ASGI application with the rules of ``ui.server.visitors`` before it."""

    def __init__(self, service: Service) -> None:
        self._visitors = service.visitors
        server = make_server(service)
        # Our own rules about origins have been asked before.
        lets_all_in = TransportSecuritySettings(enable_dns_rebinding_protection=False)
        self._app = server.streamable_http_app(
            streamable_http_path=PATH, stateless_http=True, transport_security=lets_all_in
        )
        self._manager = server.session_manager
        self._running = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request.

        Raises:
            HttpError: see ``Visitors.admit``; 503 while the server is starting.
        """
        self._visitors.admit(Request(scope))
        if not self._running:
            raise HttpError(503, "the server is starting", "try again in a second", 1, "not_ready")
        await self._app(scope, receive, send)

    @asynccontextmanager
    async def lifespan(self, _app: FastAPI) -> AsyncIterator[None]:
        """Run as long as the server does."""
        async with self._manager.run():
            self._running = True
            yield

    @property
    def route(self) -> Route:
        """Where it is found; by POST alone, as the protocol allows: nothing is sent that no request asked for."""
        return Route(PATH, self, methods=["POST"])
