"""Options that several commands share."""

from pathlib import Path
from typing import Annotated

import typer

DataDir = Annotated[
    Path | None,
    typer.Option(
        "--data-dir", metavar="DIR", help="Folder of the knowledge base. [env: FOOTNOTE_DATA_DIR]", show_default=False
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON value and nothing else on stdout.")]
Batch = Annotated[
    Path | None,
    typer.Option(
        "--batch", metavar="IN.jsonl", help="Read questions from a file, one JSON object a line.", show_default=False
    ),
]
Out = Annotated[
    Path | None, typer.Option("--out", metavar="OUT.jsonl", help="Write the batch's results here.", show_default=False)
]
