"""Ranking quality on question sets: nDCG@10, recall@5 and @10, MRR, per half.

python -m benchmarks.retrieval SET_FOLDER ... [--cache DIR] [--form english]
"""

import argparse
from pathlib import Path
from statistics import mean

from assistant.followup import readings
from assistant.question import check
from benchmarks.devset import Devset, Located, turns
from evals.ranking import ndcg, recall, reciprocal_rank


def measure(devset: Devset, cache: Path, embedder: str, form: str | None) -> None:
    """Print one line per half."""
    knowledge = devset.ingest(cache, embedder)
    searcher, located = knowledge.searcher(), Located(devset, knowledge.catalogue)
    rows: dict[str, list[tuple[float, ...]]] = {"dev": [], "untouched": []}
    for query in devset.queries:
        relevant = devset.relevant.get(query["_id"], {})
        if not relevant or not query["answerable"]:
            continue
        text = query.get("forms", {}).get(form, query["text"]) if form else query["text"]
        hits = searcher.search(readings(check(text, turns(query))), 20)
        ranked = located.units(hits)
        rows[devset.half(query)].append(
            (ndcg(ranked, relevant, 10), recall(ranked, relevant, 5), recall(ranked, relevant, 10),
             reciprocal_rank(ranked[:10], relevant))
        )  # fmt: skip
    for half, values in (*rows.items(), ("all", rows["dev"] + rows["untouched"])):
        if values:
            shown = "  ".join(f"{mean(column):.3f}" for column in zip(*values, strict=True))
            print(f"{devset.name:16} {half:10} {len(values):5}  {shown}")
    if located.missing:
        print(f"{devset.name}: {located.missing} of {len(devset.units)} units not found in the cleaned articles")
    knowledge.close()


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", nargs="+", type=Path)
    parser.add_argument("--cache", type=Path, default=Path("build/devsets"))
    parser.add_argument("--embedder", default="all-MiniLM-L6-v2")
    parser.add_argument("--form")
    given = parser.parse_args()
    print(f"{'set':16} {'half':10} {'n':>5}  nDCG@10  R@5  R@10  MRR@10")
    for folder in given.sets:
        measure(Devset(folder.resolve()), given.cache, given.embedder, given.form)


if __name__ == "__main__":
    main()
