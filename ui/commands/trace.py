"""``footnote trace``: how an answer came to be."""

from typing import Annotated, Any

import typer

from knowledge.errors import UsageError
from knowledge.settings import data_folder
from ui.opened import open_catalogue, settings_for
from ui.terminal import console
from ui.terminal.options import DataDir, Json

NAME = "trace"


def command(
    trace_id: Annotated[str, typer.Argument(help="The answer's trace_id.")],
    data_dir: DataDir = None,
    json: Json = False,
) -> None:
    """Print the receipt of one answer: readings, hits with scores, signals, statements, model.

    Example: footnote trace 3f0c9f0e6c4b4f6c8d0a2b1c3d4e5f60
    """
    from assistant.traces import Traces

    settings = settings_for(data_dir)
    with open_catalogue(data_folder(settings)) as catalogue:
        trace = Traces(catalogue.engine, 0).find(trace_id)
    if trace is None:
        days = settings["trace_days"].value
        raise UsageError(
            f"there is no trace {trace_id!r}", f"an answer's JSON holds its trace_id; traces are kept for {days} days"
        )
    if json:
        console.data(trace.as_dict())
    else:
        _print(trace.as_dict())


def _print(trace: dict[str, Any]) -> None:
    """Sections in the order in which the answer was made."""
    for name, value in trace.items():
        if isinstance(value, list):
            console.text(f"{name}:")
            for row in value:
                console.text(f"  - {_line(row)}")
        else:
            console.text(f"{name}: {_line(value)}")


def _line(value: object) -> str:
    if isinstance(value, dict):
        return "  ".join(f"{name}={_line(inner)}" for name, inner in value.items())
    if isinstance(value, list):
        return " | ".join(_line(inner) for inner in value)
    return f"{value:.3f}" if isinstance(value, float) else " ".join(str(value).split())
