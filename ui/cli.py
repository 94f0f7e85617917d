"""The command line: assembles the verbs, turns expected errors into a line and an exit code.

Exit codes: 0 ok, 1 error, 2 usage, 3 a dependency is down, 100 an eval below its gate, 130 stopped.
"""

import gc
import io
import logging
import sys

import typer

from evals.cli import app as evals
from knowledge.errors import FootnoteError
from ui.commands import (
    ask,
    config,
    doctor,
    export,
    gaps,
    index,
    ingest,
    mcp,
    models,
    search,
    serve,
    show,
    sources,
    trace,
    widget,
)
from ui.opened import settings_for
from ui.terminal import console

app = typer.Typer(
    name="footnote",
    help="Answers questions only from your own articles, with a checkable footnote under every statement.",
    no_args_is_help=True,
    add_completion=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    pretty_exceptions_enable=False,
)
for verb in (ingest, ask, search, serve, mcp, show, trace, gaps, doctor):
    app.command(verb.NAME)(verb.command)
app.add_typer(sources.app, name="sources")
app.add_typer(index.app, name="index")
app.add_typer(models.app, name="models")
app.add_typer(export.app, name="export")
app.add_typer(config.app, name="config")
app.add_typer(evals, name="eval")
app.add_typer(widget.app, name="widget")


# Objects made until the young ones are looked through: at Python's 700, loading modules takes a tenth of a second more.
YOUNG = 50_000


def main() -> None:
    """Entry point of the command ``footnote``."""
    gc.set_threshold(YOUNG)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # an old terminal gets a question mark, not a traceback
    logging.basicConfig(format="%(message)s", stream=sys.stderr)
    logging.getLogger("knowledge").setLevel(logging.INFO)
    try:
        app(obj=settings_for)
    except FootnoteError as error:
        console.failure(error)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        console.note("stopped")
        sys.exit(130)
