"""``footnote eval draft``: a suite proposed from the articles and from what visitors did not get."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from knowledge.errors import FootnoteError, UsageError

if TYPE_CHECKING:
    from evals.watch.gaps import Gap

NAME = "draft"


def command(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Your articles.", show_default=False)],
    gaps: Annotated[
        typer.FileText | None,
        typer.Option("--gaps", metavar="FILE", help="What footnote gaps --json wrote; - for stdin."),
    ] = None,
) -> None:
    """Propose a suite on stdout, for you to mend and keep: from headings, and from what visitors asked in vain.

    Examples: footnote eval draft ./articles > my-suite.yaml

    footnote gaps --json | footnote eval draft ./articles --gaps - > my-suite.yaml
    """
    from evals.draft import draft as drafted
    from evals.validator import read_articles

    asked = _read(gaps) if gaps else []
    try:
        typer.echo(drafted(folder.resolve().name, str(folder), read_articles(folder), asked), nl=False)
    except ValueError as error:
        raise FootnoteError(
            f"no heading in {folder} is a question, and no gap is given", "write the suite by hand: docs/evals.md"
        ) from error


def _read(given: TextIO) -> "list[Gap]":
    """The gaps in a file.

    Raises:
        UsageError: they are not in the form of ``footnote gaps --json``.
    """
    from evals.watch.gaps import Gap

    try:
        return [Gap(**gap) for gap in json.load(given)["gaps"]]
    except (ValueError, KeyError, TypeError) as error:
        raise UsageError(f"--gaps is not what footnote gaps --json writes: {error}", "give its output") from error
