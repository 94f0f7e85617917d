"""Are the right sentences picked? Extraction alone, the gate aside, on question sets, per half.

    python -m benchmarks.sentences SET_FOLDER ... [--cache DIR] [--nearest] [--misses]

Prints for answerable questions: the share whose answer string stands in the cited quotations, precision, recall and F1
against the marked sentences (by words shared, as many as the set has), ROUGE-L of the answer to the written one (the
longest common subsequence of words, Lin 2004), and how many statements an answer has.
"""

import argparse
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import mean
from typing import Any

import numpy as np

from assistant.chain import Assistant
from assistant.followup import readings
from assistant.question import check
from assistant.units import units
from assistant.wiring import make_assistant, unrecorded
from benchmarks.devset import Devset, turns
from knowledge.settings import Setting
from knowledge.terms import words
from ui.opened import settings_for

# A quotation is a marked sentence when they share this much of their words (Jaccard).
SAME = 0.6

Pick = Callable[[Assistant, dict[str, Any]], list[str]]


def answerer(devset: Devset, cache: Path) -> tuple[Any, Assistant]:
    """An assistant over the set that answers everything it is asked."""
    knowledge = devset.ingest(cache, "all-MiniLM-L6-v2")
    settings = settings_for(cache) | {"answer_when_sure": Setting("answer_when_sure", 0.0, "")}
    return knowledge, make_assistant(knowledge, settings, books=unrecorded(knowledge))


def holds(quotes: list[str], answers: list[str]) -> float:
    """Does one of the answer strings stand in a quotation, word by word?"""
    said = [f" {' '.join(words(quote))} " for quote in quotes]
    return float(any(f" {' '.join(words(answer))} " in text for answer in answers for text in said))


def marked(quotes: list[str], gold: list[str]) -> tuple[float, float, float]:
    """Precision, recall and F1 of quotations against marked sentences."""
    found = [any(_alike(quote, sentence) for sentence in gold) for quote in quotes]
    there = [any(_alike(quote, sentence) for quote in quotes) for sentence in gold]
    precision, recall = mean(found or [0]), mean(there or [0])
    return precision, recall, 2 * precision * recall / ((precision + recall) or 1)


def _alike(one: str, other: str) -> bool:
    left, right = set(words(one)), set(words(other))
    return len(left & right) >= SAME * len(left | right)


def rouge_l(text: str, reference: str) -> float:
    """F1 of the longest common subsequence of words."""
    left, right = words(text), words(reference)
    row = [0] * (len(right) + 1)
    for word in left:
        before = 0
        for at, other in enumerate(right, 1):
            before, row[at] = row[at], before + 1 if word == other else max(row[at], row[at - 1])
    return 2 * row[-1] / ((len(left) + len(right)) or 1)


def extracted(assistant: Assistant, query: dict[str, Any]) -> list[str]:
    """What the product quotes."""
    answer = assistant.answer(check(query["text"], turns(query)), "extractive")
    return [citation.quote for citation in answer.citations]


def nearest(assistant: Assistant, query: dict[str, Any]) -> list[str]:
    """The baseline: of the three best passages the three sentences nearest by cosine, in reading order."""
    searcher = assistant.searcher
    hits = searcher.search(readings(check(query["text"], turns(query))), 3)
    texts = [unit.evidence.quote for hit in hits for unit in units(hit)]
    cosines = searcher.embedder.embed_passages(texts) @ searcher.embedder.embed_question(query["text"])
    return [texts[at] for at in sorted(np.argsort(-cosines)[:3])]


def rows(devset: Devset, cache: Path, pick: Pick, misses: bool) -> Iterator[tuple[str, list[float | None]]]:
    """Half and figures of each answerable question."""
    knowledge, assistant = answerer(devset, cache)
    for query in devset.queries:
        if not query["answerable"] or not query.get("answers"):
            continue
        quotes = pick(assistant, query)
        right = holds(quotes, query["answers"])
        gold = query.get("gold_sentences")
        best = max((marked(quotes, one) for one in gold), key=lambda one: one[2]) if gold else (None, None, None)
        similar = max(rouge_l(" ".join(quotes), one) for one in query["answers"]) if gold else None
        if misses and not right and devset.half(query) == "dev":
            print(f"  {query['text']}  {query['answers'][:2]}\n     {' | '.join(quotes)[:400]}")
        yield devset.half(query), [right, *best, similar, float(len(quotes))]
    knowledge.close()


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", nargs="+", type=Path)
    parser.add_argument("--cache", type=Path, default=Path("build/devsets"))
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--nearest", action="store_true", help="the baseline: three sentences by cosine")
    given = parser.parse_args()
    print(f"{'set':16} {'half':10} {'n':>5}  string  precision recall F1  ROUGE-L  statements")
    for folder in given.sets:
        devset = Devset(folder.resolve())
        found = list(rows(devset, given.cache, nearest if given.nearest else extracted, given.misses))
        for half in ("dev", "untouched"):
            columns = zip(*(figures for name, figures in found if name == half), strict=True)
            shown = [[value for value in column if value is not None] for column in columns]
            print(f"{devset.name:16} {half:10} {len(shown[0]):5}  "
                  + "  ".join(f"{mean(column):.3f}" if column else "-" for column in shown))  # fmt: skip


if __name__ == "__main__":
    main()
