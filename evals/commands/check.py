"""``footnote eval check``: every broken case of a suite, named."""

import typer

from evals.console import data
from evals.options import Json, Suites
from knowledge.errors import FootnoteError

NAME = "check"


def command(suite: Suites = None, json: Json = False) -> None:
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
