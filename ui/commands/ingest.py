"""``footnote ingest``: read sources into the knowledge base."""

from typing import Annotated

import typer

from ui import console
from ui.opened import give_way, open_base, settings_for
from ui.options import DataDir, Json

NAME = "ingest"


def command(
    source: Annotated[
        list[str] | None,
        typer.Argument(help="Folder or file to read; the bundled articles when none is given.", show_default=False),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would change, and change nothing.")] = False,
    data_dir: DataDir = None,
    json: Json = False,
) -> None:
    """Read articles into the knowledge base; only what changed is embedded.

    Each source is kept in step on its own: files that are gone leave the base, other sources stay.

    Examples: footnote ingest  |  footnote ingest ./articles  |  footnote ingest ./articles --dry-run
    """
    from ingest.sources import BUNDLED, find_source
    from ingest.sync import sync

    sources = [find_source(given) for given in source or [BUNDLED]]
    give_way()
    with open_base(settings_for(data_dir), NAME) as knowledge:
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
    for renamed in report.renamed:
        console.text(
            f"renamed: {renamed['source']}: the id {renamed['wanted']!r} is taken, now {renamed['article_id']!r}"
        )
