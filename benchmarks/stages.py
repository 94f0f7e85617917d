"""What each stage of a search and of an answer takes, by timing the functions that are its stages."""

import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest.mock import patch

import numpy as np

import assistant.chain
import assistant.question
import knowledge.searcher
from assistant.ledger import Ledger
from assistant.traces import Traces
from knowledge.catalogue import Catalogue
from knowledge.searcher import Searcher
from knowledge.vectors import VectorStore

# Stage, and where its function stands. Full text is searched while the question is embedded and its vector looked up.
STAGES: tuple[tuple[str, Any, str], ...] = (
    ("language of the question", assistant.question, "detect"),
    ("full text", Searcher, "_lexical"),
    ("nearest vectors", VectorStore, "nearest"),
    ("fusing", knowledge.searcher, "fuse"),
    ("articles that passages name", Searcher, "_mend"),
    ("reading the hits", Catalogue, "hits"),
    ("equal passages", knowledge.searcher, "collapsed"),
    ("search, whole", Searcher, "search"),
    ("weights of the words", assistant.chain, "weigh"),
    ("sentences rated", assistant.chain, "rated_units"),
    ("gate", assistant.chain, "signals"),
    ("trace", Traces, "keep"),
    ("ledger", Ledger, "add"),
)
WHOLE = "answer, whole"
# The processor's is that of the thread: of the embedding it leaves out the threads of its runtime.
CLOCKS = {"ms": time.perf_counter, "processor ms": time.thread_time}

Taken = dict[tuple[str, str], list[float]]


def stages(ask: Callable[[str], object], questions: Sequence[str], embedder: type) -> Taken:
    """Milliseconds by stage and clock, of every question that has the stage; ``embedder`` is the class in use."""
    taken: Taken = defaultdict(list)
    with _timed((("embedding", embedder, "embed_question"), *STAGES)) as now:
        for question in questions:
            now.clear()
            _adding(now, WHOLE, ask)(question)
            for place, seconds in now.items():
                taken[place].append(seconds * 1000)
    return taken


def report(taken: Taken) -> None:
    """The medians, as a table."""
    print("| stage | " + " | ".join(CLOCKS) + " |\n|---" + "|---" * len(CLOCKS) + "|")
    for stage in ("embedding", *(stage for stage, _, _ in STAGES), WHOLE):
        print(f"| {stage} | " + " | ".join(f"{np.median(taken[stage, clock]):.2f}" for clock in CLOCKS) + " |")


@contextmanager
def _timed(named: Sequence[tuple[str, Any, str]]) -> Iterator[dict[tuple[str, str], float]]:
    """The seconds by stage and clock, while the functions are replaced by ones that add to them."""
    now: dict[tuple[str, str], float] = defaultdict(float)
    with ExitStack() as replaced:
        for stage, owner, name in named:
            replaced.enter_context(patch.object(owner, name, _adding(now, stage, getattr(owner, name))))
        yield now


def _adding(now: dict[tuple[str, str], float], stage: str, work: Callable[..., Any]) -> Callable[..., Any]:
    def timed(*given: Any, **named: Any) -> Any:
        started = {name: clock() for name, clock in CLOCKS.items()}
        try:
            return work(*given, **named)
        finally:
            for name, clock in CLOCKS.items():
                now[stage, name] += clock() - started[name]

    return timed
