"""``footnote eval run``: suites through the gate, with reports."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from evals.console import data, note, settings
from evals.options import DataDir, Json, Models, Out, Suites
from knowledge.errors import DependencyDown

if TYPE_CHECKING:
    from evals.run import Outcome

NAME = "run"


def command(
    context: typer.Context,
    suite: Suites = None,
    model: Models = None,
    out: Out = Path("eval-run"),
    repeats: Annotated[int, typer.Option("--repeats", min=1, help="Ask every case so many times.")] = 1,
    jobs: Annotated[int, typer.Option("--jobs", min=1, max=64, help="Questions asked at a time.")] = 2,
    resume: Annotated[bool, typer.Option("--resume", help="Keep the answers that are in DIR already.")] = False,
    judge: Annotated[
        str, typer.Option("--judge", metavar="NAME", help="A configuration that judges facts as well; never the gate.")
    ] = "",
    configurations: Annotated[
        Path | None,
        typer.Option("--configurations", metavar="FILE", help="Names with settings of their own, for --model."),
    ] = None,
    data_dir: DataDir = None,
    json: Json = False,
) -> None:
    """Run suites, write reports, and end with 100 when the gate is closed.

    Examples: footnote eval run  |  footnote eval run sloppy --model extractive --model llama3.2 --out runs/a

    footnote eval run my-suite.yaml --configurations models.yaml --model llama3.2 --model gpt --model claude
    """
    from evals.progress import Progress
    from evals.run import Plan, execute
    from evals.suites import find

    plan = Plan(find(suite or []), model or ["extractive"], out, repeats, jobs, resume, judge, configurations)
    _tell(execute(plan, settings(context, data_dir), Progress()), json)


def _tell(outcome: "Outcome", json: bool) -> None:
    """The verdict and the reports; exit 100 when the gate is closed, 3 when a model answered nothing at all."""
    from evals.summary import summarise

    about = outcome.run.about
    if "judge" in about:
        note(f"the judge {about['judge']} {about['judge_agreement']}")
    summaries = [summarise(name, rows) for name, rows in outcome.run.by_configuration.items()]
    for path in outcome.files:
        note(f"written: {path}")
    if json:
        figures = {one.name: {name: found.mean for name, found in one.figures.items()} for one in summaries}
        counts = {one.name: dict(one.counts) for one in summaries}
        gate = {"gate": "open" if outcome.open else "closed", "verdict": outcome.verdict}
        data(gate | {"counts": counts, "metrics": figures, "stale": outcome.stale})
    else:
        told = [f"{one.name}: {one.cases} cases: {one.told}{one.taken}" for one in summaries]
        typer.echo("\n".join([*told, *(f"stale: {line}" for line in outcome.stale), outcome.verdict]))
    for name, reason in outcome.silent().items():
        raise DependencyDown(f"{name} wrote no answer: {reason}", "start its server, or leave it out")
    if not outcome.open:
        raise typer.Exit(100)
