"""``footnote models``: the models there are, which one fits this machine, and fetching it."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

import typer

from knowledge.errors import DependencyDown, UsageError
from ui import console
from ui.opened import settings_for
from ui.options import Json

if TYPE_CHECKING:
    from assistant.models.ollama_server import OllamaServer, Progress

app = typer.Typer(help="List the models of the Ollama server and which one fits this machine, or fetch one.")


@app.callback(invoke_without_command=True)
def list_models(context: typer.Context, json: Json = False) -> None:
    """List the models of the Ollama server, and those that fit the memory of this machine.

    Example: footnote models
    """
    if context.invoked_subcommand:
        if json:
            raise UsageError("options stand after the verb", f"write: footnote models {context.invoked_subcommand} ...")
        return
    from assistant.models.model import ModelFailed
    from assistant.models.suggestions import machine_memory_gb, recommended, suggestions

    server, memory, known = _server(), machine_memory_gb(), suggestions()
    try:
        there, answers = {one.name: one.size / 1e9 for one in server.models()}, True
    except ModelFailed:
        there, answers = {}, False
    best = recommended(known, memory)
    rows = [
        {"name": one.name, "there": one.name in there, "fits": one.memory_gb * 0.9 <= memory,
         "recommended": one == best, "disk_gb": one.disk_gb, "memory_gb": one.memory_gb, "licence": one.licence,
         "why": one.why}
        for one in known
    ]  # fmt: skip
    if json:
        console.data({"server": server.url, "answers": answers, "memory_gb": round(memory, 1),
                      "models": [{"name": name, "disk_gb": round(size, 1)} for name, size in there.items()],
                      "suggestions": rows})  # fmt: skip
        return
    console.text(f"Ollama at {server.url}: " + (", ".join(there) or ("no model" if answers else "does not answer")))
    console.text(f"this machine has {memory:.0f} GB of memory; models to consider (* recommended, + there):")
    console.text()
    console.table(
        ((_marks(row), row["name"], f"{row['disk_gb']} GB", f"{row['memory_gb']:g} GB", row["licence"], row["why"])
         for row in rows if row["fits"]),
        ("", "model", "to fetch", "memory", "licence", ""),
    )  # fmt: skip
    if best and best.name not in there:
        console.text(f"\nfootnote models pull {best.name}")


@app.command("pull")
def pull(
    name: Annotated[
        str | None, typer.Argument(help="A model of Ollama's library; none: the recommended one.", show_default=False)
    ] = None,
    json: Json = False,
) -> None:
    """Fetch a model into the Ollama server, with its progress, rate and remaining time.

    Example: footnote models pull qwen3.5:4b
    """
    from assistant.models.model import ModelFailed
    from assistant.models.suggestions import machine_memory_gb, recommended, suggestions

    server, best = _server(), recommended(suggestions(), machine_memory_gb())
    wanted = name or (best.name if best else None)
    if wanted is None:
        raise UsageError("no model fits the memory of this machine", "name one: footnote models pull llama3.2:1b")
    try:
        _show(wanted, server.pull(wanted))
    except ModelFailed as failed:
        fix = "see ollama.com/library for names" if failed.reason == "no such model" else "start `ollama serve`"
        raise DependencyDown(f"{wanted} was not fetched from {server.url}: {failed.reason}", fix) from failed
    if json:
        console.data({"model": wanted, "server": server.url})
    else:
        console.text(f"{wanted} is there; `footnote ask` and `footnote serve` use it from now on")


def _show(name: str, steps: "Iterable[Progress]") -> None:
    """A bar on stderr with rate and remaining time while bytes come, a line for each other step."""
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn, TransferSpeedColumn

    columns = (
        TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TransferSpeedColumn(), TimeRemainingColumn()
    )  # fmt: skip
    with Progress(*columns, console=Console(stderr=True)) as bar:
        tasks = {}
        for step in steps:
            if step.status not in tasks:
                tasks[step.status] = bar.add_task(step.status, total=step.total or 1)
            bar.update(tasks[step.status], completed=step.completed if step.total else 1)


def _server() -> "OllamaServer":
    from assistant.models.address import check_url
    from assistant.models.ollama_server import OllamaServer

    return OllamaServer(check_url(str(settings_for(None)["ollama_url"].value)))


def _marks(row: dict[str, object]) -> str:
    return ("*" if row["recommended"] else "") + ("+" if row["there"] else "")
