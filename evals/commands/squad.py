"""``footnote eval squad``: a suite from a set in SQuAD's form."""

from pathlib import Path
from typing import Annotated

import typer

from evals.console import note

NAME = "squad"


def command(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A set in SQuAD's JSON form.", show_default=False)],
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Folder for the suite and its articles.")] = Path(
        "squad"
    ),
) -> None:
    """Make a suite of a public question set, to be run like any other.

    Example: footnote eval squad dev-v2.0.json && footnote eval run squad/dev-v2.0.yaml
    """
    from evals.squad import convert

    made = convert(file, out)
    note(f"{made.repeated} questions that were asked before are left out")
    if made.unsaid:
        note(f"{made.unsaid} questions are left out, as their answers are no whole words of the paragraph")
    typer.echo(str(made.suite))
