"""How ``footnote serve`` comes up: it listens at once, then opens the base, then the page."""

import gc
import signal
import socket
import threading
from collections.abc import Callable, Mapping
from contextlib import ExitStack, suppress

from knowledge.settings import Setting
from ui.pages.starting import starting
from ui.server.door import Door
from ui.server.http_server import HttpServer
from ui.server.listener import address

# Seconds that running answers have to end when the server is stopped; a second signal ends it at once.
GRACE = 20


def serve(
    settings: Mapping[str, Setting], listener: socket.socket, announce: Callable[[str], None], with_page: bool = True
) -> None:
    """Serve until stopped; ``announce`` is called with the address once everything is there.

    Raises:
        FootnoteError: the base cannot be opened or its embedder not be used; see ``ui.server.service.open_service``.
    """
    with ExitStack() as held:

        def load(door: Door) -> None:
            try:
                _load(door, settings, held, with_page)
            except BaseException:
                server.should_exit = True
                raise

        door = Door(load, lambda: announce(address(listener)), starting)
        proxy = str(settings["trusted_proxy"].value)
        server = HttpServer(door, lambda: door.app, trusted_proxy=proxy, grace=GRACE)
        # uvicorn ends in order, then raises the signal again: for us, no more than the end
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        with suppress(KeyboardInterrupt):  # how an owner stops it
            server.run(sockets=[listener])
    if door.loaded.done():
        door.loaded.result()


def _load(door: Door, settings: Mapping[str, Setting], held: ExitStack, with_page: bool) -> None:
    """The slow parts, in the order in which they are of use."""
    from ui.server.application import make_app
    from ui.server.service import open_service

    service = held.enter_context(open_service(settings))
    door.missing = "the embedder is loading"
    starters = str(settings["starters"].value)
    app = make_app(service, starters)
    service.warm()
    door.app = app
    threading.Thread(target=service.assistant.warm, daemon=True).start()  # nobody waits for a model of gigabytes
    if with_page:
        from ui.pages import chat

        door.missing = "the page is loading"
        chat.mount(app, service)
    gc.collect()
    gc.freeze()  # what is loaded stays: to look through it again and again would hold up every visitor
