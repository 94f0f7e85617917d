"""``footnote models``: the models there are, which fits this machine, fetching it, and what models cost."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from knowledge.errors import UsageError
from knowledge.settings import data_folder
from knowledge.timestamps import days_ago
from ui.opened import open_catalogue, settings_for
from ui.terminal import console
from ui.terminal.options import DataDir, Json

if TYPE_CHECKING:
    from assistant.ledger import Total
    from assistant.models.ollama_server import OllamaServer

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
    from assistant.models.suggestions import machine_memory_gb

    server, memory = _server(), machine_memory_gb()
    there = _there(server)
    rows = _considered(there or {}, memory)
    if json:
        models = [{"name": name, "disk_gb": round(size, 1)} for name, size in (there or {}).items()]
        console.data({"server": server.url, "answers": there is not None, "memory_gb": round(memory, 1),
                      "models": models, "suggestions": rows})  # fmt: skip
        return
    said = "does not answer" if there is None else ", ".join(there) or "no model"
    console.text(f"Ollama at {server.url}: {said}")
    console.text(f"this machine has {memory:.0f} GB of memory; models to consider (* recommended, + there):")
    console.text()
    _tell_considered(rows)


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
    from assistant.models.pull import pull as pull_from
    from assistant.models.suggestions import machine_memory_gb, recommended, suggestions
    from ui.doctor.writer import check
    from ui.terminal.pull_progress import show

    server, best = _server(), recommended(suggestions(), machine_memory_gb())
    wanted = name or (best.name if best else None)
    if wanted is None:
        raise UsageError("no model fits the memory of this machine", "name one: footnote models pull llama3.2:1b")
    show(pull_from(server, wanted))
    if json:
        console.data({"model": wanted, "server": server.url})
        return
    found = check(settings_for(None))
    console.text(f"{wanted} is there; who writes now: {found.found}" + (f" (fix: {found.fix})" if found.fix else ""))


@app.command("cost")
def cost(
    days: Annotated[int, typer.Option("--days", min=1, help="Look at so many days.")] = 30,
    machine: Annotated[float, typer.Option("--machine", min=0, help="US dollars a month of a machine of yours.")] = 50,
    model: Annotated[
        str | None, typer.Option("--model", help="Price all answers as this closed model's.", show_default=False)
    ] = None,
    data_dir: DataDir = None,
    json: Json = False,
) -> None:
    """Compare what local and closed answers cost, with the volume at which a machine of your own pays off.

    Works beside a running server. Example: footnote models cost --machine 60 --model gpt-5-mini
    """
    from assistant.costs import compare
    from assistant.ledger import Ledger
    from assistant.models.prices import read_prices

    settings = settings_for(data_dir)
    prices = read_prices(str(settings["prices"].value))
    since = days_ago(days)
    with open_catalogue(data_folder(settings)) as catalogue:
        totals = Ledger(catalogue.engine).totals(since=since)
    found = compare(totals, prices.of(model) if model else None, machine)
    if json:
        shown = asdict(found) | {"totals": [asdict(one) for one in totals], "prices_as_of": str(prices.as_of)}
        console.data(shown | {"days": days})
        return
    _tell_totals(totals)
    console.text()
    if found.closed_per_answer is None or found.break_even is None:
        missing = "ask a model something first" if model else "name one with --model"
        console.text(f"no answer of a model in these {days} days tells what a closed one would cost; {missing}")
        return
    console.text(f"a closed answer: {found.closed_per_answer:.5f} US dollars (prices as of {prices.as_of})")
    console.text(
        f"a machine of {machine:g} US dollars a month pays off from {found.break_even:,.0f} answers a month on"
    )


def _server() -> "OllamaServer":
    from assistant.models.address import check_url
    from assistant.models.ollama_server import OllamaServer

    return OllamaServer(check_url(str(settings_for(None)["ollama_url"].value)))


def _there(server: "OllamaServer") -> dict[str, float] | None:
    """Names of the server's models with their size (10^9 bytes); None where it does not answer."""
    from assistant.models.model import ModelFailed

    try:
        return {one.name: one.size / 1e9 for one in server.models()}
    except ModelFailed:
        return None


def _considered(there: Collection[str], memory: float) -> list[dict[str, Any]]:
    """What is known of each model that is suggested, smallest first."""
    from assistant.models.suggestions import recommended, suggestions

    known = suggestions()
    best = recommended(known, memory)
    return [
        {"name": one.name, "there": one.name in there, "fits": one.fits(memory), "recommended": one == best,
         "disk_gb": one.disk_gb, "memory_gb": one.memory_gb, "licence": one.licence, "why": one.why}
        for one in known
    ]  # fmt: skip


def _tell_considered(rows: Sequence[Mapping[str, Any]]) -> None:
    """Those that fit, then how to fetch the best where it is not there."""
    console.table(
        ((_marks(row), row["name"], f"{row['disk_gb']} GB", f"{row['memory_gb']:g} GB", row["licence"], row["why"])
         for row in rows if row["fits"]),
        ("", "model", "to fetch", "memory", "licence", ""),
    )  # fmt: skip
    for row in rows:
        if row["recommended"] and not row["there"]:
            console.text(f"\nfootnote models pull {row['name']}")


def _tell_totals(totals: "Sequence[Total]") -> None:
    console.table(
        ((one.kind, one.model, one.answers, one.input_tokens, one.output_tokens, f"{one.cost_usd:.4f}",
          f"{one.mean_first_token_ms:.0f}") for one in totals),
        ("kind", "model", "answers", "tokens in", "tokens out", "US dollars", "ms to first words"),
    )  # fmt: skip


def _marks(row: Mapping[str, Any]) -> str:
    return ("*" if row["recommended"] else "") + ("+" if row["there"] else "")
