"""``footnote serve``: chat page and API in one process."""

from typing import Annotated

import typer

from ui.opened import settings_for
from ui.terminal import console
from ui.terminal.options import DataDir

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
    page: Annotated[
        bool, typer.Option("--page/--no-page", help="The chat page at /, or the API and the article pages only.")
    ] = True,
    data_dir: DataDir = None,
) -> None:
    """Serve the chat page and the API until stopped with Ctrl-C.

    Example: footnote serve --port 8080
    """
    settings = settings_for(data_dir, host=host, port=port)
    from ui.server.listener import bind, check_bound
    from ui.server.startup import serve

    check_bound(str(settings["host"].value), str(settings["admin_token"].value))
    with bind(str(settings["host"].value), int(settings["port"].value)) as listener:
        console.note("loading the articles, the embedder and the page …" if page else "loading the articles …")
        serve(settings, listener, _announce, page)


def _announce(address: str) -> None:
    console.note(f"Footnote answers on {address}  (stop with Ctrl-C)")
