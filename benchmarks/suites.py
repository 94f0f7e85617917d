"""Does the right article come first? Over eval suites, on the bundled articles or on the English ones alone.

    python -m benchmarks.suites SUITE.yaml ... [--english] [--misses]

In a conversation the turns before are the history, answered by extraction as a visitor would see it.
"""

import argparse
import tempfile
from pathlib import Path
from typing import Any

import yaml

from assistant.followup import readings
from assistant.question import Question, check
from benchmarks.interval import interval
from ingest.sources import Source, bundled
from ingest.sync import sync
from knowledge.searcher import Searcher
from knowledge.wiring import open_knowledge
from ui.opened import settings_for


def ranks(searcher: Searcher, cases: list[dict[str, Any]], answers: Any) -> list[int]:
    """For each case the rank of the first acceptable article among the ten best hits, 0 when there is none."""
    found = []
    for case in cases:
        articles = list(dict.fromkeys(hit.article_id for hit in searcher.search(readings(asked(case, answers)), 10)))
        found.append(next((rank for rank, one in enumerate(articles, 1) if one in case["articles"]), 0))
    return found


def asked(case: dict[str, Any], answers: Any) -> Question:
    """The last turn, with the turns before it and our answers to them."""
    *before, last = case.get("turns") or [case["question"]]
    history: list[dict[str, str]] = []
    for turn in before:
        answer = answers.answer(check(turn, history), "extractive").answer
        history += [{"role": "user", "content": turn}, {"role": "assistant", "content": answer}]
    return check(last, history)


def main() -> None:
    """Command line."""
    from assistant.wiring import make_assistant

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("suites", nargs="+", type=Path)
    parser.add_argument("--english", action="store_true", help="without the Dutch articles")
    parser.add_argument("--misses", action="store_true", help="print the questions whose article is not first")
    given = parser.parse_args()
    source = bundled()
    sources = [Source(file.stem, file) for file in sorted(source.path.glob("*.md"))] if given.english else [source]
    with tempfile.TemporaryDirectory() as folder:
        knowledge = open_knowledge(Path(folder), "all-MiniLM-L6-v2", "benchmark")
        sync(knowledge, sources, lambda line: None)
        answers = make_assistant(knowledge, settings_for(Path(folder)))
        for suite in given.suites:
            cases = yaml.safe_load(suite.read_text(encoding="utf-8"))["cases"]
            found = ranks(answers.searcher, cases, answers)
            first = [float(rank == 1) for rank in found]
            low, high = interval(first)
            print(f"{suite.stem:24} {len(cases):4}  first {sum(first) / len(first):.3f} [{low:.3f}, {high:.3f}]"
                  f"  in ten {sum(rank > 0 for rank in found) / len(found):.3f}")  # fmt: skip
            for case, rank in zip(cases, found, strict=True):
                if given.misses and rank != 1:
                    print(f"    {rank:2}  {case['id']}  {case.get('question') or case['turns']}  {case['articles']}")
        knowledge.close()


if __name__ == "__main__":
    main()
