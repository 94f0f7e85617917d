"""Our ranking figures against trec_eval's own code, on a set and the run file that ``footnote eval beir`` wrote for it.

footnote eval beir SET_FOLDER --out build/set.run
python -m benchmarks.trec SET_FOLDER build/set.run
"""

import argparse
from pathlib import Path

import pytrec_eval

from evals.beir import load
from evals.metrics.ranking import ndcg, recall, reciprocal_rank


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("set", type=Path)
    parser.add_argument("run", type=Path)
    given = parser.parse_args()
    judged = load(given.set)
    run: dict[str, dict[str, float]] = {}
    for line in given.run.read_text(encoding="utf-8").splitlines():
        query, _, document, _, score, _ = line.split()
        run.setdefault(query, {})[document] = float(score)
    grades = {query: {name: int(grade) for name, grade in own.items()} for query, own in judged.relevant.items()}
    theirs = pytrec_eval.RelevanceEvaluator(grades, {"ndcg_cut_10", "recall_5", "recip_rank"}).evaluate(run)
    furthest = 0.0
    for query, own in run.items():
        ranked, relevant = list(own), judged.relevant[query]
        ours = {"ndcg_cut_10": ndcg(ranked, relevant, 10), "recall_5": recall(ranked, relevant, 5),
                "recip_rank": reciprocal_rank(ranked, relevant)}  # fmt: skip
        furthest = max(furthest, *(abs(ours[name] - theirs[query][name]) for name in ours))
    print(f"{judged.name}: {len(run)} queries, largest difference {furthest:.1e}")


if __name__ == "__main__":
    main()
