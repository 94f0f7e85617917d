"""``footnote widget``: the tag that puts the widget on a page."""

from html import escape
from typing import Annotated

import typer

from ui.opened import settings_for
from ui.terminal import console
from ui.terminal.options import Json

app = typer.Typer(help="What a page needs to carry the widget.", no_args_is_help=True)


@app.callback()
def group() -> None:
    """What a page needs to carry the widget."""


@app.command("snippet")
def snippet(
    address: Annotated[
        str | None, typer.Option("--address", help="Where visitors reach the server, like https://chat.example.com.")
    ] = None,
    site: Annotated[str | None, typer.Option("--site", help="Public key of the site, see FOOTNOTE_SITES.")] = None,
    json: Json = False,
) -> None:
    """Print the tag with the pinned file and its integrity hash. Print it anew after an upgrade.

    Example: footnote widget snippet --address https://chat.example.com --site docs
    """
    from ui.server.sites import read_sites
    from ui.widget.files import FOLDER, built_files, pinned_loader

    settings = settings_for(None)
    base = (address or f"http://{settings['host'].value}:{settings['port'].value}").rstrip("/")
    key = site or next(iter(read_sites(str(settings["sites"].value)).origins), "site")
    src, integrity = base + FOLDER + pinned_loader(), built_files()[pinned_loader()].integrity
    tag = (
        f'<script async src="{escape(src)}" integrity="{integrity}" crossorigin="anonymous" '
        f'data-site="{escape(key)}"></script>'
    )
    if json:
        console.data({"tag": tag, "src": src, "integrity": integrity, "site": key})
    else:
        console.text(tag)
