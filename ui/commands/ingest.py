"""``footnote ingest``: read sources into the knowledge base, once or again and again."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from knowledge.errors import FootnoteError, UsageError
from ui.handing.orders import carried_out
from ui.opened import give_way, settings_for
from ui.stopping import stoppable
from ui.terminal import console
from ui.terminal.options import DataDir, Json
from ui.terminal.progress import Shown
from ui.terminal.told import tell

if TYPE_CHECKING:
    from ingest.report import Report

NAME = "ingest"


def command(
    source: Annotated[
        list[str] | None,
        typer.Argument(help="Folder, file, page or sitemap; none: the bundled articles.", show_default=False),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would change, and change nothing.")] = False,
    max_loss: Annotated[
        int, typer.Option("--max-loss", min=0, max=100, help="Percent of a source's articles or text that may go.")
    ] = 30,
    watch: Annotated[bool, typer.Option("--watch", help="Go on: ingest again when a folder changes.")] = False,
    every: Annotated[str, typer.Option("--every", metavar="6h", help="Go on: ingest again at this interval.")] = "",
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

    Examples: footnote ingest ./articles --dry-run  |  footnote ingest https://example.org/sitemap.xml --every 6h
    |  footnote ingest https://example.org/ --crawl
    """
    from ingest.order import Ingest
    from ingest.schedule import interval, turns
    from ingest.site import CRAWL
    from ingest.sources import BUNDLED, absolute, watched

    if json and (watch or every):
        raise UsageError("--json prints one value, --watch and --every go on", "leave one of them out")
    named = [f"{CRAWL}{given}" if crawl and given.startswith("http") else given for given in source or [BUNDLED]]
    order = Ingest([absolute(given) for given in named], dry_run, max_loss / 100, pause, max_pages, allow_private)
    seconds = interval(every) if every else None
    folders = watched(order.sources) if watch else []
    settings = settings_for(data_dir)
    with stoppable() as wish:
        shown = Shown(wish)
        give_way()
        for _ in turns(folders, seconds, wish):
            _turn(lambda: carried_out(order, settings, NAME, shown), shown, dry_run, json, goes_on=watch or bool(every))


def _turn(once: Callable[[], "Report"], shown: Shown, dry_run: bool, json: bool, goes_on: bool) -> None:
    """One sync; where it goes on, a failure is told and the next turn may do better."""
    try:
        report = once()
    except FootnoteError as error:
        if not goes_on or error.exit_code == 130:
            raise
        console.failure(error)
        return
    finally:
        shown.close()
    for line in report.asked:
        console.note(line)
    if json:
        console.data(report.as_dict())
    else:
        tell(report, dry_run)
