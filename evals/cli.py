"""``footnote eval``: the verbs of this package, mounted by the command line."""

import json as jsons
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from knowledge.errors import DependencyDown, FootnoteError
from knowledge.settings import Setting

if TYPE_CHECKING:
    from evals.run import Outcome

app = typer.Typer(help="Is it good, is it better than before? Suites of questions over articles.", no_args_is_help=True)

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


@app.command("run")
def run(
    context: typer.Context,
    suite: Suites = None,
    model: Models = None,
    out: Out = Path("eval-run"),
    repeats: Annotated[int, typer.Option("--repeats", min=1, help="Ask every case so many times.")] = 1,
    jobs: Annotated[int, typer.Option("--jobs", min=1, max=64, help="Questions asked at a time.")] = 2,
    resume: Annotated[bool, typer.Option("--resume", help="Keep the answers that are in DIR already.")] = False,
    data_dir: DataDir = None,
    json: Json = False,
) -> None:
    """Run suites, write reports, and end with 100 when the gate is closed.

    Examples: footnote eval run  |  footnote eval run sloppy --model extractive --model llama3.2 --out runs/a
    """
    from evals.progress import Progress
    from evals.run import Plan, execute
    from evals.suites import find

    plan = Plan(find(suite or []), model or ["extractive"], out, repeats, jobs, resume)
    _tell(execute(plan, settings(context, data_dir), Progress()), json)


@app.command("accept")
def accept(run: Run, suite: Suites = None) -> None:
    """Make a run the accepted baseline of its suites, in accepted.json beside them; commit that file.

    Example: footnote eval accept eval-run
    """
    from evals.gate import accept as write
    from evals.results import read
    from evals.suites import find, load

    found = read(run)
    files = {load(path).name: path for path in find(suite or [])}
    if missing := [name for name in found.suites if name not in files]:
        raise FootnoteError(
            f"the run has the suites {', '.join(missing)}", "give their files: footnote eval accept RUN FILE"
        )
    for path in dict.fromkeys(write(found, name, files[name].parent) for name in found.suites):
        note(f"accepted: {path}")


@app.command("compare")
def compare(
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
        change = f"{delta.b - delta.a:+.3f} ({low:+.3f} to {high:+.3f}, p = {delta.p:.3f})"
        typer.echo(f"  {delta.metric:20} {delta.a:9.3f} {delta.b:9.3f}  {change}, {delta.cases} cases")
    for sign, keys in (("gained", found.gained), ("lost", found.lost)):
        typer.echo("\n".join(f"  {sign}: {suite} {case}" for suite, case in keys) or f"  nothing {sign}")
    if found.apart:
        note(f"{found.apart} cases are in one run only or came to no answer, and are left out")


@app.command("beir")
def beir(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="corpus.jsonl, queries.jsonl, qrels.tsv.")],
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Write a TREC run file here.")] = None,
    data_dir: DataDir = None,
    json: Json = False,
) -> None:
    """Measure the search on a public set in BEIR's form: nDCG@10, recall, MRR, with intervals.

    Example: footnote eval beir ./scifact --out scifact.run
    """
    from evals import beir as sets
    from evals.wiring import base

    judged = sets.load(folder)
    with base(settings(context, data_dir), folder.resolve()) as knowledge:
        note(f"{len(judged.documents)} documents, {len(judged.queries)} queries")
        sets.ingest(judged, knowledge)
        rankings = sets.search(judged, knowledge.searcher())
    if out:
        out.write_text(sets.trec(rankings), encoding="utf-8")
    found = sets.measure(judged, rankings)
    if json:
        data({"set": judged.name, "queries": len(judged.queries), "metrics": found})
        return
    for name, figure in found.items():
        low, high = figure["interval"]
        typer.echo(f"{judged.name} {name:14} {figure['mean']:.4f} ({low:.3f} to {high:.3f})")


@app.command("squad")
def squad(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A set in SQuAD's JSON form.", show_default=False)],
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Folder for the suite and its articles.")] = Path(
        "squad"
    ),
) -> None:
    """Make a suite of a public question set, to be run like any other.

    Example: footnote eval squad dev-v2.0.json && footnote eval run squad/dev-v2.0.yaml
    """
    from evals.squad import convert

    path, repeated = convert(file, out)
    note(f"{repeated} questions that were asked before are left out")
    typer.echo(str(path))


@app.command("draft")
def draft(
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


def settings(context: typer.Context, data_dir: Path | None) -> Mapping[str, Setting]:
    """The owner's settings; the command line that mounts this one hands over how they are read."""
    load: Callable[[Path | None], Mapping[str, Setting]] = context.obj
    return load(data_dir)


def _tell(outcome: "Outcome", json: bool) -> None:
    """The verdict and the reports; exit 100 when the gate is closed, 3 when a model answered nothing at all."""
    from evals.summary import summarise

    rows = {name: [r for r in outcome.run.rows if r.configuration == name] for name in outcome.run.configurations}
    summaries = [summarise(name, own) for name, own in rows.items()]
    for path in outcome.files:
        note(f"written: {path}")
    if json:
        figures = {one.name: {name: found.mean for name, found in one.figures.items()} for one in summaries}
        counts = {one.name: dict(one.counts) for one in summaries}
        gate = {"gate": "open" if outcome.open else "closed", "verdict": outcome.verdict}
        data(gate | {"counts": counts, "metrics": figures})
    else:
        typer.echo("\n".join([*(f"{one.name}: {one.cases} cases: {one.told}" for one in summaries), outcome.verdict]))
    for name, reason in outcome.silent().items():
        raise DependencyDown(f"{name} wrote no answer: {reason}", "start its server, or leave it out")
    if not outcome.open:
        raise typer.Exit(100)
