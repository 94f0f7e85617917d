"""Pages we do not own: a second origin on loopback that carries the widget's tag, with the policy it likes."""

from collections.abc import Callable
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from types import TracebackType
from typing import Any, Self

from playwright.sync_api import Locator, Page, expect

ARTICLE = "<article><h1>About models</h1>" + "<p>Models come with a licence, open or closed, and a price.</p>" * 20
ANSWERED = "Why would I pick an open model?"
REFUSED = "How do I bake sourdough bread?"


class HostPage:
    """A server for the length of a ``with``; ``body`` and ``policy`` may be changed while it runs."""

    def __init__(self) -> None:
        self.body = ""
        self.head = ""
        self.html = 'lang="en"'
        self.policy = ""
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, self))
        self._thread = Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)

    @property
    def url(self) -> str:
        """Its origin."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def carry(self, server: str, **options: str) -> None:
        """Put the tag of ``server`` on the page; options as ``contact_url="/contact"``."""
        self.body = ARTICLE + tag(server, **options)

    @property
    def page(self) -> str:
        """What it serves."""
        return (
            f'<!doctype html><html {self.html}><head><meta charset="utf-8"><title>Host</title>'
            f'<meta name="viewport" content="width=device-width, initial-scale=1">{self.head}</head>'
            f"<body>{self.body}</body></html>"
        )


class _Handler(BaseHTTPRequestHandler):
    def __init__(self, host: HostPage, *given: Any) -> None:
        self._host = host
        super().__init__(*given)

    def do_GET(self) -> None:
        body = self._host.page.encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        if self._host.policy:
            self.send_header("Content-Security-Policy", self._host.policy)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


def tag(server: str, **options: str) -> str:
    """The widget's script element; ``site`` is ``docs`` unless given."""
    given = {"site": "docs"} | options
    data = " ".join(f'data-{name.replace("_", "-")}="{value}"' for name, value in given.items())
    return f'<script async src="{server}/widget/v1/loader.js" {data}></script>'


def strict(server: str) -> str:
    """A policy that allows our origin's scripts and answers, and nothing else."""
    return (
        f"default-src 'none'; script-src {server}; connect-src {server}; "
        "require-trusted-types-for 'script'; trusted-types footnote; base-uri 'none'; form-action 'none'"
    )


def opened(page: Page) -> Locator:
    """Click the launcher; the input, ready."""
    page.locator("footnote-chat .launcher").click()
    field = page.locator("footnote-chat .input")
    expect(field).to_be_focused(timeout=15_000)
    return field


def ask(page: Page, question: str = ANSWERED) -> Locator:
    """Send a question with the keyboard; the message that answers it, when it has come."""
    page.locator("footnote-chat .input").fill(question)
    page.keyboard.press("Enter")
    message = page.locator("footnote-chat .message").last
    expect(message.locator(".tools")).to_be_visible(timeout=30_000)
    return message


def shadow(page: Page, expression: str) -> Any:
    """The value of a JavaScript expression over ``root``, the shadow root of the first widget."""
    code = f"() => {{ const root = document.querySelector('footnote-chat').shadowRoot; return {expression}; }}"
    return page.evaluate(code)


Opener = Callable[..., Page]
