"""``footnote eval compare``: two runs, paired by case."""

from typing import Annotated

import typer

from evals.console import data, note
from evals.options import Json

NAME = "compare"


def command(
    a: Annotated[str, typer.Argument(metavar="A", help="RUN, or RUN:CONFIGURATION.", show_default=False)],
    b: Annotated[str, typer.Argument(metavar="B", help="The same; what is compared with A.", show_default=False)],
    json: Json = False,
) -> None:
    """Compare two runs, or two configurations, case by case, and say which is better.

    Example: footnote eval compare runs/yesterday runs/today  |  footnote eval compare runs/a:extractive runs/a:llama3.2
    """
    from dataclasses import asdict

    from evals.compare import compare as compared
    from evals.compare import rows_of

    found = compared(rows_of(a), rows_of(b))
    if json:
        data(asdict(found) | {"p": found.p, "sentence": found.sentence})
        return
    typer.echo(found.sentence)
    for delta in found.deltas:
        low, high = delta.interval
        places = 5 if delta.metric.endswith("_usd") else 3
        change = f"{delta.b - delta.a:+.{places}f} ({low:+.{places}f} to {high:+.{places}f}, p = {delta.p:.3f})"
        typer.echo(f"  {delta.metric:20} {delta.a:9.{places}f} {delta.b:9.{places}f}  {change}, {delta.cases} cases")
    for sign, keys in (("gained", found.gained), ("lost", found.lost)):
        typer.echo("\n".join(f"  {sign}: {suite} {case}" for suite, case in keys) or f"  nothing {sign}")
    if found.apart:
        note(f"{found.apart} cases are in one run only or came to no answer, and are left out")
