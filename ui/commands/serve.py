"""``footnote serve``: chat page and API in one process."""

from typing import Annotated

import typer

from ui import console
from ui.opened import settings_for
from ui.options import DataDir

NAME = "serve"


def command(
    host: Annotated[
        str | None, typer.Option("--host", help="Address to listen on. [env: FOOTNOTE_HOST]", show_default=False)
    ] = None,
    port: Annotated[
        int | None,
        typer.Option(
            "--port", min=0, max=65535, help="Port; 0 takes a free one. [env: FOOTNOTE_PORT]", show_default=False
        ),
    ] = None,
    data_dir: DataDir = None,
) -> None:
    """Serve the chat page and the API until stopped with Ctrl-C.

    Example: footnote serve --port 8080
    """
    settings = settings_for(data_dir, host=host, port=port)
    from ui.server import bind, serve
    from ui.service import open_service

    listener = bind(str(settings["host"].value), int(settings["port"].value))
    with listener, open_service(settings) as service:
        console.note("loading the embedder and the page …")
        serve(service, listener, str(settings["starters"].value), _announce)


def _announce(address: str) -> None:
    console.note(f"Footnote answers on {address}  (stop with Ctrl-C)")
