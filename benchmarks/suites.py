"""Does the right article come first? Over eval suites, on the bundled articles or on the English ones alone.

    python -m benchmarks.suites SUITE.yaml ... [--english] [--misses]

In a conversation the turns before are the history, answered by extraction as a visitor would see it.
"""

import argparse
import tempfile
from pathlib import Path

from evals.case import Suite
from evals.examiner import Examiner
from evals.metrics.statistics import interval
from evals.runner import tasks
from evals.suites import load
from evals.wiring import examiner
from ingest.progress import quiet
from ingest.sources import Files, bundled
from ingest.sync import sync
from knowledge.wiring import open_knowledge
from ui.opened import settings_for


def ranks(asking: Examiner, suite: Suite) -> list[int]:
    """For each case the rank of the first acceptable article among the passages read, 0 when there is none."""
    found = []
    for task in tasks([suite], ["extractive"], 1):
        articles = list(dict.fromkeys(hit.article_id for hit in asking.ask(task)[1]))
        found.append(next((rank for rank, one in enumerate(articles, 1) if one in task.case.articles), 0))
    return found


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("suites", nargs="+", type=Path)
    parser.add_argument("--english", action="store_true", help="without the Dutch articles")
    parser.add_argument("--misses", action="store_true", help="print the questions whose article is not first")
    given = parser.parse_args()
    source = bundled()
    sources = [Files(file.stem, file) for file in sorted(source.path.glob("*.md"))] if given.english else [source]
    with tempfile.TemporaryDirectory() as folder:
        knowledge = open_knowledge(Path(folder), "all-MiniLM-L6-v2", "benchmark")
        sync(knowledge, sources, quiet)
        asking = examiner(knowledge, settings_for(Path(folder)))
        for path in given.suites:
            suite = load(path)
            found = ranks(asking, suite)
            first = [float(rank == 1) for rank in found]
            low, high = interval(first)
            print(f"{suite.name:24} {len(found):4}  first {sum(first) / len(first):.3f} [{low:.3f}, {high:.3f}]"
                  f"  in ten {sum(rank > 0 for rank in found) / len(found):.3f}")  # fmt: skip
            for case, rank in zip(suite.cases, found, strict=True):
                if given.misses and rank != 1:
                    print(f"    {rank:2}  {case.id}  {case.question or case.turns}  {case.articles}")
        knowledge.close()


if __name__ == "__main__":
    main()
