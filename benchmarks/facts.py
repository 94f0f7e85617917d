"""How often fact matching errs, on labelled pairs, and how often a wrong quotation passes for a right one.

    python -m benchmarks.facts

Pairs alternate between the halves: the thresholds are chosen on ``dev``, both are reported. Citations: every statement
of the extractive answers to the bundled suites, against its own quotations and the other ones of the same answer.
"""

import tempfile
from collections.abc import Sequence
from pathlib import Path

from assistant.answer import Answer
from assistant.settings import ASSISTANT
from evals.judge import labels
from evals.metrics.citing import CARRIED, in_place, stated
from evals.metrics.facts import NEAR, FactFinder
from evals.metrics.matching import cover, says
from evals.runner import tasks
from evals.suites import find, load
from evals.validator import read_articles
from evals.wiring import examiner
from ingest.progress import quiet
from ingest.sources import bundled
from ingest.sync import sync
from knowledge.article import Article
from knowledge.wiring import Knowledge, open_knowledge


def pairs(finder: FactFinder) -> list[tuple[bool, float]]:
    """Said or not, and how close; words that stand there count as 1."""
    return [
        (row["said"], 1.0 if says(row["sentence"], row["fact"]) else finder.closeness(row["sentence"], row["fact"]))
        for row in labels()
    ]


def errors(name: str, found: Sequence[tuple[bool, float]]) -> None:
    """Print misses and false finds at several thresholds."""
    yes = [close for said, close in found if said]
    no = [close for said, close in found if not said]
    for near in (0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.9):
        missed, invented = sum(close < near for close in yes), sum(close >= near for close in no)
        mark = " <- NEAR" if near == NEAR else ""
        print(f"{name:10} {near:.2f}  missed {missed:3} of {len(yes)}  found wrongly {invented:3} of {len(no)}{mark}")


def answers(knowledge: Knowledge) -> list[Answer]:
    """Extractive answers to the bundled suites."""
    asking = examiner(knowledge, {setting.name: setting for setting in ASSISTANT})
    found = [asking.ask(task)[0] for task in tasks([load(path) for path in find([])], ["extractive"], 1)]
    return [answer for answer in found if answer.answered]


def citations(found: Sequence[Answer], articles: dict[str, Article]) -> None:
    """Print how many right quotations fail and how many wrong ones pass."""
    own, other = [], []
    for answer in found:
        places = [in_place(one, articles.get(one.article_id)) for one in answer.citations]
        for statement in stated(answer, articles):
            own.append(statement.carried)
            other += [cover(place, statement.text) >= CARRIED for place in places if place not in statement.cites]
    print(f"citations  own quotations that fail: {own.count(False)} of {len(own)}")
    print(f"citations  other quotations that pass: {other.count(True)} of {len(other)}")


def main() -> None:
    """Command line."""
    with tempfile.TemporaryDirectory() as folder:
        knowledge = open_knowledge(Path(folder), "all-MiniLM-L6-v2", "benchmark")
        sync(knowledge, [bundled()], quiet)
        found = pairs(FactFinder(knowledge.embedder))
        errors("dev", found[::2])
        errors("untouched", found[1::2])
        citations(answers(knowledge), read_articles(load(find([])[0]).knowledge))
        knowledge.close()


if __name__ == "__main__":
    main()
