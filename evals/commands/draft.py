"""``footnote eval draft``: a suite proposed from the articles."""

from pathlib import Path
from typing import Annotated

import typer

from knowledge.errors import FootnoteError

NAME = "draft"


def command(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Your articles.", show_default=False)],
) -> None:
    """Propose a suite from the articles' headings, on stdout, for you to mend and keep.

    Example: footnote eval draft ./articles > my-suite.yaml
    """
    from evals.draft import draft as drafted
    from evals.validator import read_articles

    try:
        typer.echo(drafted(folder.resolve().name, str(folder), read_articles(folder)), nl=False)
    except ValueError as error:
        raise FootnoteError(
            f"no heading in {folder} is a question", "write the suite by hand: docs/evals.md"
        ) from error
