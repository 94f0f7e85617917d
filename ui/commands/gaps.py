"""``footnote gaps``: what visitors asked and did not get."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from knowledge.settings import Setting, data_folder
from knowledge.timestamps import days_ago
from ui.opened import open_base, open_catalogue, settings_for
from ui.terminal import console
from ui.terminal.options import DataDir, Json

if TYPE_CHECKING:
    from evals.watch.gaps import Gap

NAME = "gaps"


def command(
    days: Annotated[int, typer.Option("--days", min=1, help="Look at the questions of so many days.")] = 30,
    again: Annotated[bool, typer.Option("--again", help="Ask them again now, as every ingest does.")] = False,
    html: Annotated[Path | None, typer.Option("--html", metavar="FILE", help="Write a page here too.")] = None,
    data_dir: DataDir = None,
    json: Json = False,
) -> None:
    """Group what visitors did not get into topics, most asked first: refused, barely answered, rated down.

    Every ingest that changes something asks them again; what is answered since is told as closed.

    Works beside a running server, except for --again.

    Examples: footnote gaps  |  footnote gaps --again --html gaps.html
    """
    from evals.watch import gaps

    settings = settings_for(data_dir)
    found = _found(settings, days)
    if again and found:
        found = _again(settings, found)
    if html:
        html.write_text(gaps.page(found), encoding="utf-8")
    if json:
        console.data({"gaps": [asdict(gap) for gap in found]})
        return
    if not found:
        console.text(f"nobody went away without an answer in {days} days")
        return
    rows = [
        (gap.count, gaps.told(gap), gap.last[:10], gaps.state(gap), ", ".join(gap.nearest), gap.questions[0])
        for gap in found
    ]
    console.table(rows, ("asked", "what", "last", "now", "nearest", "question"))


def _found(settings: Mapping[str, Setting], days: int) -> "list[Gap]":
    from assistant.feedback import Feedback
    from assistant.traces import Traces
    from evals.watch.closing import remembered
    from evals.watch.gaps import gaps
    from evals.watch.visitors import unmet
    from knowledge.wiring import make_embedder

    since = days_ago(days)
    with open_catalogue(data_folder(settings)) as catalogue:
        found = list(unmet(Traces(catalogue.engine, 0), Feedback(catalogue.engine), since))
    embedder = make_embedder(str(settings["embedder"].value), data_folder(settings))
    return remembered(gaps(found, embedder), data_folder(settings))


def _again(settings: Mapping[str, Setting], found: "Sequence[Gap]") -> "list[Gap]":
    """By extraction; traces and ledger hold what visitors asked, not this."""
    from assistant.wiring import make_assistant, unrecorded
    from evals.watch.closing import again

    with open_base(settings, NAME) as knowledge:
        return again(found, make_assistant(knowledge, settings, books=unrecorded(knowledge)), knowledge.folder)
