"""``footnote ingest``: read sources into the knowledge base."""

from typing import Annotated

import typer

from ui import console
from ui.opened import give_way, open_base, settings_for
from ui.options import DataDir, Json
from ui.settings import data_folder

NAME = "ingest"


def command(
    source: Annotated[
        list[str] | None,
        typer.Argument(help="Folder, file, page or sitemap; none: the bundled articles.", show_default=False),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would change, and change nothing.")] = False,
    crawl: Annotated[bool, typer.Option("--crawl", help="From a page on, read all of its site it leads to.")] = False,
    max_pages: Annotated[int, typer.Option("--max-pages", min=1, help="Pages of a site read at most.")] = 5000,
    pause: Annotated[float, typer.Option("--pause", min=0, help="Seconds between two requests to a host.")] = 1.0,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Fetch from private and loopback addresses too.")
    ] = False,
    data_dir: DataDir = None,
    json: Json = False,
) -> None:
    """Read articles into the knowledge base; only what changed is embedded.

    Each source is kept in step on its own: what is gone from it leaves the base, other sources stay.

    Examples: footnote ingest ./articles --dry-run  |  footnote ingest https://example.org/sitemap.xml
    |  footnote ingest https://example.org/ --crawl
    """
    from ingest.fetching.crawl import Caps
    from ingest.site import CRAWL, Web
    from ingest.sources import BUNDLED, find_source
    from ingest.sync import sync

    settings = settings_for(data_dir)
    web = Web(data_folder(settings), pause, allow_private, Caps(pages=max_pages))
    named = [f"{CRAWL}{given}" if crawl and given.startswith("http") else given for given in source or [BUNDLED]]
    sources = [find_source(given, web) for given in named]
    give_way()
    with open_base(settings, NAME) as knowledge:
        report = sync(knowledge, sources, console.note, dry_run)
    if json:
        console.data(report.as_dict())
        return
    done = "would be " if dry_run else ""
    console.text(
        f"{report.added} articles {done}added, {report.changed} changed, {report.removed} removed, "
        f"{report.unchanged} unchanged, {len(report.rejected)} rejected"
    )
    console.text(f"{report.computed} embeddings computed, {report.reused} reused")
    for rejected in report.rejected:
        console.text(f"rejected: {rejected['source']}: {rejected['reason']}")
    for told in report.notes:
        console.text(f"note: {told}")
    for renamed in report.renamed:
        console.text(
            f"renamed: {renamed['source']}: the id {renamed['wanted']!r} is taken, now {renamed['article_id']!r}"
        )
