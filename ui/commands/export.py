"""``footnote export``: what an owner takes out of a knowledge base."""

import json as codec
from pathlib import Path
from typing import Annotated

import typer

from knowledge.settings import data_folder
from knowledge.timestamps import days_ago
from ui.opened import open_catalogue, settings_for
from ui.terminal import console
from ui.terminal.options import DataDir, Json

app = typer.Typer(help="Take data out, for other tools.", no_args_is_help=True)


@app.callback()
def group() -> None:
    """Take data out, for other tools."""


@app.command("training")
def training(
    out: Annotated[Path, typer.Option("--out", metavar="FILE.jsonl", help="Write the records here.")],
    days: Annotated[int, typer.Option("--days", min=1, help="Take the answers of so many days.")] = 30,
    data_dir: DataDir = None,
    json: Json = False,
) -> None:
    """Write question, passages, answer and rating of every answer in the chat-tuning form, personal data replaced.

    Works beside a running server. Example: footnote export training --out training.jsonl
    """
    from assistant.feedback import Feedback
    from assistant.traces import Traces
    from assistant.training import records

    since = days_ago(days)
    count = 0
    with open_catalogue(data_folder(settings_for(data_dir))) as catalogue:
        active = catalogue.active()
        number = active.number if active else 0
        with out.open("w", encoding="utf-8") as file:
            made = records(
                Traces(catalogue.engine, 0),
                Feedback(catalogue.engine),
                lambda ids: catalogue.hits(number, {one: (1.0 - n / 1000, {}) for n, one in enumerate(ids)}),
                since,
            )
            for record in made:
                file.write(codec.dumps(record, ensure_ascii=False) + "\n")
                count += 1
    if json:
        console.data({"records": count, "out": str(out)})
    else:
        console.text(f"{count} records written to {out}")
