"""``footnote eval beir``: the search on a public set."""

from pathlib import Path
from typing import Annotated

import typer

from evals.console import data, note, settings
from evals.options import DataDir, Json

NAME = "beir"


def command(
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
