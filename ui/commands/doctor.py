"""``footnote doctor``: is everything in place, and if not, what to do."""

from typing import Annotated

import typer

from ui.opened import settings_for
from ui.terminal import console
from ui.terminal.options import DataDir, Json

NAME = "doctor"


def command(
    quick: Annotated[
        bool,
        typer.Option(
            "--quick", help="Leave out what takes seconds: loading the embedder, asking a closed model's API."
        ),
    ] = False,
    data_dir: DataDir = None,
    json: Json = False,
) -> None:
    """Check that Footnote can run here; each failed check comes with its fix.

    Example: footnote doctor
    """
    from ui.doctor.checks import run

    results = run(settings_for(data_dir), quick)
    if json:
        console.data({"checks": [result.as_dict() for result in results]})
    else:
        for result in results:
            console.text(f"{result.state:5} {result.name}: {result.found}")
            if result.fix:
                console.text(f"      fix: {result.fix}")
    raise typer.Exit(1 if any(result.state == "fail" for result in results) else 0)
