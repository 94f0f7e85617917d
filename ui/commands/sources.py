"""``footnote sources``: what the base was made from."""

from pathlib import Path
from typing import Annotated

import typer

from knowledge.errors import UsageError
from knowledge.settings import data_folder
from ui.handing.orders import carried_out
from ui.opened import open_catalogue, settings_for
from ui.terminal import console
from ui.terminal.options import DataDir, Json

app = typer.Typer(help="List the sources of the knowledge base, or remove one.")


@app.callback(invoke_without_command=True)
def list_sources(context: typer.Context, data_dir: DataDir = None, json: Json = False) -> None:
    """List the sources of the knowledge base with their number of articles."""
    if context.invoked_subcommand:
        if data_dir or json:
            raise UsageError(
                "options stand after the verb", f"write: footnote sources {context.invoked_subcommand} ..."
            )
        return

    with open_catalogue(data_folder(settings_for(data_dir))) as catalogue:
        counts = catalogue.sources()
    if json:
        console.data({"sources": [{"source": name, "articles": count} for name, count in counts.items()]})
    else:
        console.table(counts.items(), ("source", "articles"))


@app.command("remove")
def remove(
    source: Annotated[str, typer.Argument(help="A source as `footnote sources` prints it.")],
    data_dir: DataDir = None,
    json: Json = False,
) -> None:
    """Drop a source and all its articles from the base.

    Examples: footnote sources remove bundled  |  footnote sources remove https://example.org/sitemap.xml
    """
    from ingest.order import Removal
    from ingest.progress import quiet

    order = Removal(source, str(Path(source).expanduser().resolve()))
    report = carried_out(order, settings_for(data_dir), "sources remove", quiet)
    if json:
        console.data(report.as_dict())
    else:
        console.text(f"{report.removed} articles removed")
