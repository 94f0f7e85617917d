"""``footnote ingest``: read sources into the knowledge base, once or again and again."""

import sys
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Annotated, Any

import typer

from knowledge.errors import FootnoteError, ServerHolds, UsageError
from knowledge.settings import Setting
from ui import console
from ui.opened import give_way, open_base, settings_for
from ui.options import DataDir, Json
from ui.progress import Shown
from ui.settings import data_folder
from ui.stopping import stoppable

if TYPE_CHECKING:
    from ingest.order import Order
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
    from ingest.order import Order
    from ingest.schedule import interval, turns
    from ingest.site import CRAWL
    from ingest.sources import BUNDLED, absolute, watched

    if json and (watch or every):
        raise UsageError("--json prints one value, --watch and --every go on", "leave one of them out")
    named = [f"{CRAWL}{given}" if crawl and given.startswith("http") else given for given in source or [BUNDLED]]
    order = Order([absolute(given) for given in named], dry_run, max_loss / 100, pause, max_pages, allow_private)
    seconds = interval(every) if every else None
    folders = watched(order.sources) if watch else []
    settings = settings_for(data_dir)
    with stoppable() as wish:
        shown = Shown(wish)
        give_way()
        for _ in turns(folders, seconds, wish):
            _turn(lambda: _carried_out(order, settings, shown), shown, dry_run, json, goes_on=watch or bool(every))


def _carried_out(order: "Order", settings: Mapping[str, Setting], shown: Shown) -> "Report":
    """Here, or by the server that has the folder open."""
    from assistant.wiring import make_assistant
    from ingest.handoff import hand_over
    from ui.after_ingest import ask

    while True:
        try:
            with open_base(settings, NAME) as knowledge:
                report = order.carried_out(knowledge, shown)
                if not order.dry_run:
                    ask(report, knowledge, make_assistant(knowledge, settings))
                return report
        except ServerHolds:
            console.note("a server has the data folder open; it does the work")
            if handed := hand_over(order, data_folder(settings), shown):
                return handed


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
        _tell(report, dry_run)


def _tell(report: "Report", dry_run: bool) -> None:
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
    for held in report.held:
        _tell_held(held)
    sys.stdout.flush()  # whoever reads it from a pipe is not kept waiting until the end


def _tell_held(held: dict[str, Any]) -> None:
    console.text(
        f"held back: {held['source']}: of {held['articles']} articles {held['would_go']} would go and "
        f"{held['would_shrink']} shrink, with {held['share_of_text']:.0%} of the text; nothing of it was changed"
    )
    for name in ("gone", "shrunk"):
        for article_id in held[name]:
            console.text(f"  {name}: {article_id}")
    console.text("  if that is right: the same command with --max-loss 100")
