"""``footnote index``: the state of the index, and building it anew."""

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from knowledge.settings import data_folder
from ui.handing.orders import carried_out
from ui.opened import give_way, open_base, open_catalogue, settings_for
from ui.stopping import stoppable
from ui.terminal import console
from ui.terminal.options import DataDir, Json
from ui.terminal.progress import Shown

app = typer.Typer(help="Show the state of the index, or rebuild it.", no_args_is_help=True)


@app.command("status")
def status(data_dir: DataDir = None, json: Json = False) -> None:
    """Show what the index holds and which embedder wrote it.

    Example: footnote index status
    """
    with open_catalogue(data_folder(settings_for(data_dir))) as catalogue:
        active = catalogue.active()
        articles, chunks = catalogue.count(active.number if active else None)
    shown = {
        "articles": articles,
        "chunks": chunks,
        "generation": active.number if active else None,
        "created": active.created if active else None,
        "fingerprint": dict(active.fingerprint) if active else None,
    }
    if json:
        console.data(shown)
    else:
        console.table(shown.items(), ("", ""))


@app.command("rebuild")
def rebuild_index(data_dir: DataDir = None, json: Json = False) -> None:
    """Cut all articles anew, from the catalogue, and embed what is new; the old index serves until the end.

    Example: FOOTNOTE_EMBEDDER=intfloat/multilingual-e5-small footnote index rebuild
    """
    from ingest.order import Rebuild
    from knowledge.wiring import index_fingerprint

    give_way()
    settings = settings_for(data_dir)
    embedder = str(settings["embedder"].value)
    order = Rebuild(embedder, index_fingerprint(embedder, data_folder(settings)).digest)
    with stoppable() as wish:
        shown = Shown(wish)
        try:
            report = carried_out(order, settings, "index rebuild", shown)
        finally:
            shown.close()
    if json:
        console.data(report.as_dict())
    else:
        counts = f"{report.computed} embeddings computed, {report.reused} reused"
        console.text(f"{report.changed} articles, {counts}; the new index is in use")


@app.command("backup")
def backup_index(
    target: Annotated[Path, typer.Argument(help="Folder to copy the databases into.")],
    data_dir: DataDir = None,
    json: Json = False,
) -> None:
    """Copy the base's databases, also while a server runs; vectors are made again on restore.

    Example: footnote index backup /backups/footnote
    """
    from knowledge.backup import backup

    made = backup(data_folder(settings_for(data_dir)), target.expanduser())
    _tell_files(made, json)


@app.command("restore")
def restore_index(
    source: Annotated[Path, typer.Argument(help="Folder that `footnote index backup` made.")],
    data_dir: DataDir = None,
    json: Json = False,
) -> None:
    """Put a backup into an empty data folder and make its vectors.

    Example: footnote index restore /backups/footnote --data-dir ./restored
    """
    from ingest.rebuild import rebuild
    from knowledge.backup import restore

    settings = settings_for(data_dir)
    made = restore(source.expanduser(), data_folder(settings))
    shown = Shown(threading.Event())
    with open_base(settings, "index restore") as knowledge:
        rebuild(knowledge, shown)
    shown.close()
    _tell_files(made, json)


def _tell_files(made: Sequence[Path], json: bool) -> None:
    if json:
        console.data({"files": [str(file) for file in made]})
    else:
        for file in made:
            console.text(f"{file}  {file.stat().st_size:,} bytes")
