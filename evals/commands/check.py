"""``footnote eval check``: every broken case of a suite, named."""

import typer

from evals.console import data
from evals.options import Json, Suites
from knowledge.errors import FootnoteError

NAME = "check"


def command(suite: Suites = None, json: Json = False) -> None:
    """Name every broken case: ids used twice, articles that do not exist, facts that no article says.

    Stale cases are named too, those whose article changed since they were drafted or accepted; they are not broken.

    Examples: footnote eval check  |  footnote eval check my-suite.yaml
    """
    from dataclasses import asdict

    from evals.suites import find
    from evals.validator import checked

    found = {path: checked(path) for path in find(suite or [])}
    if json:
        data({path.stem: asdict(one) for path, one in found.items()})
    else:
        for path, one in found.items():
            head = f"{path.stem}: {one.cases} cases, {len(one.problems)} problems, {len(one.stale)} stale"
            typer.echo("\n  ".join([head, *one.problems, *(f"stale: {line}" for line in one.stale)]))
    if broken := sum(len(one.problems) for one in found.values()):
        raise FootnoteError(f"{broken} problems in the suites", "mend the cases named above")
