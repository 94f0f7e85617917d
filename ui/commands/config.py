"""``footnote config``: every setting, its value and where that comes from."""

import typer

from ui.opened import settings_for
from ui.terminal import console
from ui.terminal.options import DataDir, Json

app = typer.Typer(help="Show the settings.", no_args_is_help=True)


@app.command("show")
def show(data_dir: DataDir = None, json: Json = False) -> None:
    """Show every setting, its value and its origin.

    Example: footnote config show
    """
    settings = settings_for(data_dir).values()
    if json:
        console.data({s.name: {"value": s.shown, "origin": s.origin, "variable": s.variable} for s in settings})
    else:
        console.table(
            [(s.variable, s.shown, s.origin, s.help) for s in settings], ("variable", "value", "origin", "what")
        )


@app.callback()
def _group() -> None:
    """Keep ``show`` a verb of its own, though it is the only one."""
