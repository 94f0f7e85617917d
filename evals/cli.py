"""``footnote eval``: the verbs of this package, mounted by the command line."""

import json as jsons
from typing import Annotated, Any

import typer

from knowledge.errors import FootnoteError

app = typer.Typer(help="Is it good, is it better than before? Suites of questions over articles.", no_args_is_help=True)

Suites = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[SUITE]...", help="Bundled suite, YAML file or folder; all bundled ones for none.", show_default=False
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON value and nothing else on stdout.")]


def note(line: str) -> None:
    """A line about what is going on, on stderr."""
    typer.echo(line, err=True)


def data(value: Any) -> None:
    """One JSON value, the only thing on stdout."""
    typer.echo(jsons.dumps(value, ensure_ascii=False, indent=2))


@app.command("check")
def check(suite: Suites = None, json: Json = False) -> None:
    """Name every broken case: ids used twice, articles that do not exist, facts that no article says.

    Examples: footnote eval check  |  footnote eval check my-suite.yaml
    """
    from evals.suites import find
    from evals.validator import checked

    found = {path: checked(path) for path in find(suite or [])}
    if json:
        data({path.stem: {"cases": cases, "problems": problems} for path, (cases, problems) in found.items()})
    else:
        for path, (cases, problems) in found.items():
            typer.echo("\n  ".join([f"{path.stem}: {cases} cases, {len(problems)} problems", *problems]))
    if broken := sum(len(problems) for _, problems in found.values()):
        raise FootnoteError(f"{broken} problems in the suites", "mend the cases named above")
