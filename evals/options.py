"""Options that several verbs of ``footnote eval`` share."""

from pathlib import Path
from typing import Annotated

import typer

Suites = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[SUITE]...", help="Bundled suite, YAML file or folder; all bundled ones for none.", show_default=False
    ),
]
Models = Annotated[
    list[str] | None,
    typer.Option("--model", help="Configuration to run, can be given again: extractive, local or a model's name."),
]
Out = Annotated[Path, typer.Option("--out", metavar="DIR", help="Folder for results and reports.")]
Run = Annotated[Path, typer.Argument(metavar="RUN", help="The --out folder of a run.", show_default=False)]
DataDir = Annotated[
    Path | None,
    typer.Option("--data-dir", metavar="DIR", help="Where the bases of evals are kept. [env: FOOTNOTE_DATA_DIR]"),
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON value and nothing else on stdout.")]
