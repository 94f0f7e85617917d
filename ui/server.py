"""The one server: API, article pages and the chat page in one process."""

import logging
import socket
import threading
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.staticfiles import StaticFiles

from knowledge.errors import FootnoteError
from ui import api, page
from ui.service import Service

log = logging.getLogger(__name__)

# Connections that may wait while the server is busy; also what uvicorn uses.
BACKLOG = 2048

HEADERS = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "strict-origin-when-cross-origin"}


def make_app(service: Service, starters: str = "") -> FastAPI:
    """The application over an open service; ``starters`` are the owner's, see ``ui.starters``."""
    app = FastAPI(title="Footnote", docs_url=None, redoc_url=None)
    app.state.service = service
    app.include_router(api.router)
    app.add_exception_handler(FootnoteError, api.problem)
    app.add_exception_handler(RequestValidationError, api.malformed)
    app.mount("/footnote", StaticFiles(directory=Path(__file__).parent / "static"))
    app.middleware("http")(_with_headers)
    return page.mount(app, service, starters)


async def _with_headers(request: Request, go_on: Callable[[Request], Awaitable[Response]]) -> Response:
    if request.url.path.rstrip("/").endswith("/gradio_api/upload"):  # nothing here takes files from visitors
        return Response(status_code=404)
    response = await go_on(request)
    response.headers.update(HEADERS)
    return response


def bind(host: str, port: int) -> socket.socket:
    """A listening socket.

    Raises:
        FootnoteError: the port is taken, or the address is not ours.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(BACKLOG)
    except (OSError, OverflowError) as error:
        listener.close()
        raise FootnoteError(
            f"cannot listen on {host}:{port}: {getattr(error, 'strerror', None) or error}",
            f"choose another port, like --port {min(port, 65000) + 1}, or stop what is using it",
        ) from error
    return listener


def serve(service: Service, listener: socket.socket, starters: str, announce: Callable[[str], None]) -> None:
    """Serve until stopped; ``announce`` is called with the address once questions are answered."""
    import uvicorn

    service.warm_in_background()
    server = uvicorn.Server(
        uvicorn.Config(make_app(service, starters), log_level="warning", timeout_graceful_shutdown=5)
    )
    host, port = listener.getsockname()[:2]
    shown = f"[{host}]" if ":" in host else host

    def tell(problem: str | None) -> None:
        if problem is None:
            announce(f"http://{shown}:{port}")
            return
        log.error("error: the embedder cannot be used: %s", problem)
        server.should_exit = True

    _when_ready(service, server, tell)
    with suppress(KeyboardInterrupt):  # how an owner stops it
        server.run(sockets=[listener])


@contextmanager
def serving(service: Service) -> Iterator[str]:
    """A server on a free port of 127.0.0.1 in a thread of this process, as long as the block runs; yields its address.

    For tests, benchmarks and notebooks; ``serve`` is what an owner runs.
    """
    import uvicorn

    with bind("127.0.0.1", 0) as listener:
        server = uvicorn.Server(uvicorn.Config(make_app(service), log_level="error"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        while not server.started and thread.is_alive():
            time.sleep(0.05)
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        server.should_exit = True
        thread.join(20)


def _when_ready(service: Service, server: object, tell: Callable[[str | None], None]) -> None:
    def wait() -> None:
        while not (service.wait_until_warm(0.05) and getattr(server, "started", False)):
            time.sleep(0.05)
        tell(service.why_not_ready)

    threading.Thread(target=wait, name="announce", daemon=True).start()
