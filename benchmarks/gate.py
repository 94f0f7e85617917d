"""The gate on question sets: signals of every question, a logistic fit on the dev halves, errors on the others.

    python -m benchmarks.gate SET_FOLDER ... [--cache DIR] [--off-topic SET_FOLDER]

Off-topic questions are the answerable ones of another set, asked of this one. Last comes the curve: at each
place of the owner's knob the share of each kind that is answered.
"""

import argparse
import json
from collections import Counter
from dataclasses import asdict
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from assistant.cover import weigh
from assistant.followup import readings, standalone
from assistant.gate import COEFFICIENTS, Signals, confidence, signals
from assistant.intent import intent_of
from assistant.question import check
from assistant.rated import rated_units
from benchmarks.devset import Devset, turns

Row = tuple[str, str, str, Signals]  # set, half, kind, signals


def collect(devset: Devset, cache: Path, foreign: list[str]) -> list[Row]:
    """Signals of the set's own questions and of ``foreign`` ones."""
    knowledge = devset.ingest(cache, "all-MiniLM-L6-v2")
    searcher = knowledge.searcher()
    rows: list[Row] = []

    def row(text: str, history: list[dict[str, str]], half: str, kind: str) -> None:
        question = check(text, history)
        alone = standalone(question)
        hits, weights = searcher.search(readings(question), 10), weigh(question, alone, searcher)
        rated = rated_units(hits, weights, intent_of(question.text))
        rows.append((devset.name, half, kind, signals(question, hits, rated, weights, searcher)))

    for query in devset.queries:
        kind = "answerable" if query["answerable"] else f"no answer ({query.get('group', '')})"
        row(query["text"], turns(query), devset.half(query), kind)
    for number, text in enumerate(foreign):
        row(text, [], ("dev", "untouched")[number % 2], "off-topic")
    knowledge.close()
    return rows


def fit(rows: list[Row]) -> LogisticRegression:
    """Answerable against off-topic and unanswerable questions without near misses, sets weighing the same."""
    dev = [row for row in rows if row[1] == "dev" and "near" not in row[2]]
    labels = [row[2] == "answerable" for row in dev]
    groups = Counter((row[0], label) for row, label in zip(dev, labels, strict=True))
    weights = [100 / groups[row[0], label] for row, label in zip(dev, labels, strict=True)]
    return LogisticRegression(C=1e3).fit(
        [[row[3].cosine, row[3].passage] for row in dev], labels, sample_weight=np.array(weights)
    )


def probability(row: Row) -> float:
    """What the product says."""
    return confidence(row[3])


def report(rows: list[Row], threshold: float) -> None:
    """Share answered per set, half and kind at one threshold, and the AUROC against the answerable ones."""
    print(f"{'set':16} {'half':10} {'kind':28} {'n':>5}  answered  AUROC")
    for name, half in sorted({(row[0], row[1]) for row in rows}):
        own = [row for row in rows if row[:2] == (name, half)]
        good = [probability(row) for row in own if row[2] == "answerable"]
        for kind in sorted({row[2] for row in own}):
            scores = [probability(row) for row in own if row[2] == kind]
            auroc = "" if kind == "answerable" or not good else f"{_auroc(good, scores):.3f}"
            share = np.mean([score >= threshold for score in scores])
            print(f"{name:16} {half:10} {kind:28} {len(scores):5}  {share:8.3f}  {auroc}")


KINDS = ("answerable", "off-topic", "no answer (unanswerable)", "no answer (far)", "no answer (near)")
PLACES = (0.7, 0.6, 0.5, 0.4, 0.35, 0.3, 0.25, 0.2, 0.15, 0.1)


def curve(rows: list[Row]) -> None:
    """Shares answered by knob and kind, sets weighing the same; then what is refused where 90 % are answered."""
    for half in ("dev", "untouched"):
        print(f"\n| knob, {half} | " + " | ".join(KINDS) + " |\n" + "|---" * (len(KINDS) + 1) + "|")
        for place in PLACES:
            print(f"| {place} | " + " | ".join(f"{_answered(rows, half, kind, place):.3f}" for kind in KINDS) + " |")
        at = max(place / 1000 for place in range(1000) if _answered(rows, half, KINDS[0], place / 1000) >= 0.9)
        refused = ", ".join(f"{kind} {1 - _answered(rows, half, kind, at):.3f}" for kind in KINDS[1:])
        print(f"refused where 90 % of the answerable are answered ({at}): {refused}")


def _answered(rows: list[Row], half: str, kind: str, place: float) -> float:
    """The mean over the sets that have such questions."""
    sets = {row[0] for row in rows if row[1:3] == (half, kind)}
    shares = [[probability(row) >= place for row in rows if row[:3] == (name, half, kind)] for name in sets]
    return float(np.mean([np.mean(share) for share in shares]))


def _auroc(good: list[float], bad: list[float]) -> float:
    return float(roc_auc_score([1] * len(good) + [0] * len(bad), good + bad))


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", nargs="+", type=Path)
    parser.add_argument("--cache", type=Path, default=Path("build/devsets"))
    parser.add_argument("--off-topic", type=Path, required=True)
    parser.add_argument("--threshold", type=float, default=0.25)
    parser.add_argument("--rows", type=Path, help="keep the signals here, or read them if the file exists")
    given = parser.parse_args()
    foreign = [q["text"] for q in Devset(given.off_topic.resolve()).queries if q["answerable"]][:100]
    if given.rows and given.rows.exists():
        rows: list[Row] = [(*row, Signals(**found)) for *row, found in json.loads(given.rows.read_text())]
    else:
        rows = [row for folder in given.sets for row in collect(Devset(folder.resolve()), given.cache, foreign)]
        if given.rows:
            given.rows.write_text(json.dumps([(*row, asdict(found)) for *row, found in rows]))
    fitted = fit(rows)
    found = {name: round(float(c), 3) for name, c in zip(COEFFICIENTS, fitted.coef_[0], strict=True)}
    print(f"fitted on the dev halves: intercept {float(fitted.intercept_[0]):.3f}, {found}")
    report(rows, given.threshold)
    curve(rows)


if __name__ == "__main__":
    main()
