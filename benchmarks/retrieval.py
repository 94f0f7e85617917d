"""Ranking quality on question sets beside the tutorial pipeline: nDCG@10, recall@5 and @10, MRR, per half.

    python -m benchmarks.retrieval SET_FOLDER ... [--cache DIR] [--form english] [--alone]

The last two columns are the paired difference of nDCG@10 to the tutorial pipeline with its 95 % bootstrap interval.
``--alone`` leaves that pipeline out.
"""

import argparse
from pathlib import Path
from statistics import mean

from assistant.followup import readings
from assistant.question import check
from benchmarks.devset import Devset, Located, turns
from benchmarks.tutorial import Tutorial
from evals.metrics.ranking import ndcg, recall, reciprocal_rank
from evals.metrics.statistics import interval

Figures = tuple[float, float, float, float]


def figures(ranked: list[str], relevant: dict[str, float]) -> Figures:
    """nDCG@10, recall@5, recall@10 and reciprocal rank of one ranking."""
    best = ranked[:10]
    return (
        ndcg(ranked, relevant, 10), recall(ranked, relevant, 5), recall(ranked, relevant, 10),
        reciprocal_rank(best, relevant),
    )  # fmt: skip


def measure(devset: Devset, given: argparse.Namespace) -> None:
    """Print two lines per half: ours, and the tutorial pipeline's."""
    knowledge = devset.ingest(given.cache, given.embedder)
    searcher, located = knowledge.searcher(), Located(devset, knowledge.catalogue)
    tutorial = None if given.alone else Tutorial(devset, knowledge.embedder)
    rows: dict[str, list[tuple[Figures, Figures | None]]] = {"dev": [], "untouched": []}
    for query in devset.queries:
        relevant = devset.relevant.get(query["_id"], {})
        if not relevant or not query["answerable"]:
            continue
        text = query.get("forms", {}).get(given.form, query["text"]) if given.form else query["text"]
        ours = located.units(searcher.search(readings(check(text, turns(query))), 20))
        theirs = figures(tutorial.ranked(text), relevant) if tutorial else None
        rows[devset.half(query)].append((figures(ours, relevant), theirs))
    for half, values in (*rows.items(), ("all", rows["dev"] + rows["untouched"])):
        if values:
            report(f"{devset.name:16} {half:10} {len(values):5}", values)
    if located.missing:
        print(f"{devset.name}: {located.missing} of {len(devset.units)} units not found in the cleaned articles")
    knowledge.close()


def report(label: str, values: list[tuple[Figures, Figures | None]]) -> None:
    """Means, and the difference of nDCG@10 with its interval."""
    ours = [one for one, _ in values]
    theirs = [other for _, other in values if other]
    line = f"{label}  {shown(ours)}"
    if theirs:
        differences = [one[0] - other[0] for one, other in zip(ours, theirs, strict=True)]
        low, high = interval(differences)
        line += f"   tutorial {shown(theirs)}   {mean(differences):+.3f} [{low:+.3f}, {high:+.3f}]"
    print(line)


def shown(values: list[Figures]) -> str:
    """The means of the columns."""
    return "  ".join(f"{mean(column):.3f}" for column in zip(*values, strict=True))


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", nargs="+", type=Path)
    parser.add_argument("--cache", type=Path, default=Path("build/devsets"))
    parser.add_argument("--embedder", default="all-MiniLM-L6-v2")
    parser.add_argument("--form")
    parser.add_argument("--alone", action="store_true")
    given = parser.parse_args()
    print(f"{'set':16} {'half':10} {'n':>5}  nDCG@10  R@5  R@10  MRR@10")
    for folder in given.sets:
        measure(Devset(folder.resolve()), given)


if __name__ == "__main__":
    main()
