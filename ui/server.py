"""The application: API and article pages; and a whole server in a thread."""

import threading
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.staticfiles import StaticFiles

from knowledge.errors import FootnoteError
from ui import api, page
from ui.listener import address, bind
from ui.service import Service

HEADERS = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "strict-origin-when-cross-origin"}


def make_app(service: Service) -> FastAPI:
    """The API and the article pages over an open service; ``page.mount`` adds the chat page."""
    app = FastAPI(title="Footnote", docs_url=None, redoc_url=None)
    app.state.service = service
    app.include_router(api.router)
    app.add_exception_handler(FootnoteError, api.problem)
    app.add_exception_handler(RequestValidationError, api.malformed)
    app.mount("/footnote", StaticFiles(directory=Path(__file__).parent / "static"))
    app.middleware("http")(_with_headers)
    return app


async def _with_headers(request: Request, go_on: Callable[[Request], Awaitable[Response]]) -> Response:
    if request.url.path.rstrip("/").endswith("/gradio_api/upload"):  # nothing here takes files from visitors
        return Response(status_code=404)
    response = await go_on(request)
    response.headers.update(HEADERS)
    return response


@contextmanager
def serving(service: Service) -> Iterator[str]:
    """A server on a free port of 127.0.0.1 in a thread of this process, as long as the block runs; yields its address.

    For tests, benchmarks and notebooks; ``ui.startup`` is what an owner runs.
    """
    import uvicorn

    with bind("127.0.0.1", 0) as listener:
        server = uvicorn.Server(uvicorn.Config(page.mount(make_app(service), service, ""), log_level="error"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        while not server.started and thread.is_alive():
            time.sleep(0.05)
        yield address(listener)
        server.should_exit = True
        thread.join(20)
