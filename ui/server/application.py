"""The application: API and article pages; and a whole server in a thread."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware
from fastapi.staticfiles import StaticFiles

from ui.api import chat, conversations, health, widget
from ui.api.openai import routes as openai
from ui.mcp.over_http import OverHttp
from ui.pages import article, demo, owner
from ui.pages import chat as chat_page
from ui.server import problems
from ui.server.body_limit import BodyLimit
from ui.server.head import Head
from ui.server.listener import address, bind
from ui.server.service import Service
from ui.server.starters import Starters
from ui.server.visitors import SITE_HEADER
from ui.server.watched import Watched
from ui.widget import files

# Of the routes as a whole; grows when one changes in a way that breaks a client.
API_VERSION = "1"


def make_app(service: Service, starters: str = "") -> FastAPI:
    """The API and the article pages over an open service; ``chat_page.mount`` adds the chat page, and how to
    ``hang_up`` on those who have it open.

    ``starters`` are the owner's, see ``ui.server.starters``.
    """
    tools = OverHttp(service)
    app = FastAPI(
        title="Footnote", version=API_VERSION, summary="Answers from one site's articles, with footnotes.",
        docs_url=None, redoc_url=None, lifespan=tools.lifespan, responses={"default": problems.DOCUMENTED},
    )  # fmt: skip
    app.state.service = service
    app.state.starters = Starters(service, starters)
    app.state.hang_up = lambda: None
    for part in (chat, conversations, openai, widget, health, article, demo, owner, files):
        app.include_router(part.router)
    app.router.routes.append(tools.route)
    problems.add_to(app)
    app.mount("/footnote", StaticFiles(directory=chat_page.STATIC))
    app.add_middleware(BodyLimit)
    app.add_middleware(
        CORSMiddleware, allow_origins=service.visitors.sites.all_origins, allow_methods=["GET", "POST", "DELETE"],
        allow_headers=["Content-Type", SITE_HEADER, conversations.KEY_HEADER], expose_headers=["Retry-After"],
    )  # fmt: skip
    app.add_middleware(Watched, metrics=service.metrics, policy=chat_page.POLICY)
    app.add_middleware(Head)  # the outermost is added last
    return app


@contextmanager
def serving(service: Service) -> Iterator[str]:
    """A server on a free port of 127.0.0.1 in a thread of this process, as long as the block runs; yields its address.

    For tests, benchmarks and notebooks; ``ui.server.startup`` is what an owner runs.
    """
    from ui.server.http_server import HttpServer

    with bind("127.0.0.1", 0) as listener:
        app = chat_page.mount(make_app(service), service)
        server = HttpServer(app, lambda: app)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        while not server.started and thread.is_alive():
            time.sleep(0.05)
        yield address(listener)
        server.should_exit = True
        thread.join(20)
