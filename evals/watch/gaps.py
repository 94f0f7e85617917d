"""Gaps: what visitors asked and did not get, grouped into topics, so that an owner knows what to write next.

Groups the questions of ``evals.watch.visitors``; the traces and ratings they come from are kept without personal data.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape
from typing import Any

from assistant.answer import Answer
from assistant.personal_data import scrub
from assistant.traces import Trace
from evals.watch.visitors import SIGNALS, Unmet, signal_of
from knowledge.embedder import Embedder

# Cosine from which a question joins a topic. At 0.60 10 of 12 pairs of wordings fall together, and 5 of the 4,560 pairs
# of different questions in the suites near_misses and off_topic (all-MiniLM-L6-v2); at 0.65 it is 9, and 1.
ALIKE = 0.6
NEAREST = 3


@dataclass(frozen=True, slots=True)
class Gap:
    """``questions`` are its wordings, most frequent first; ``count`` how often it was asked, ``last`` when (ISO 8601).

    ``signals`` counts how it is known to be one. ``nearest`` are ids of articles; ``disliked`` are answers to it that
    were rated down; ``closed`` tells whether it is answered now, None where it was not asked again. ``trace_id`` is of
    the last time.
    """

    questions: tuple[str, ...]
    language: str
    count: int
    signals: Mapping[str, int]
    first: str
    last: str
    nearest: tuple[str, ...]
    disliked: tuple[str, ...] = ()
    closed: bool | None = None
    trace_id: str = ""


def gaps(unmet: Iterable[Unmet], embedder: Embedder) -> list[Gap]:
    """Topics of what was not got, the most asked first.

    A question joins the nearest topic's first question, or begins one (leader clustering, Hartigan 1975, chapter 3).
    """
    asked = list(unmet)
    if not asked:
        return []
    vectors = embedder.embed_passages([one.trace.question for one in asked])
    leaders: list[int] = []
    members: dict[int, list[Unmet]] = {}
    for at, one in enumerate(asked):
        closest = max(leaders, key=lambda leader: float(vectors[leader] @ vectors[at]), default=at)
        if closest == at or float(vectors[closest] @ vectors[at]) < ALIKE:
            leaders.append(at)
            closest = at
        members.setdefault(closest, []).append(one)
    return sorted((_gap(own) for own in members.values()), key=lambda gap: (-gap.count, gap.first))


def asked_again(found: Sequence[Gap], ask: Callable[[str], Answer | None], threshold: float) -> list[Gap]:
    """The same gaps with ``closed``: is the most frequent wording answered now, surely, and not as it was disliked?"""
    return [replace(gap, closed=_met(gap, ask(gap.questions[0]), threshold)) for gap in found]


def _met(gap: Gap, answer: Answer | None, threshold: float) -> bool:
    if answer is None:
        return False
    sure = signal_of(answer.answered, answer.confidence, threshold) is None
    return sure and scrub(answer.answer) not in gap.disliked


def page(found: Sequence[Gap]) -> str:
    """A stand-alone HTML page."""
    rows = "".join(
        f"<tr><td>{gap.count}</td><td>{escape(' / '.join(gap.questions))}</td><td>{escape(', '.join(gap.nearest))}</td>"
        f"<td>{escape(gap.last[:10])}</td><td>{escape(told(gap))}</td><td>{state(gap)}</td></tr>"
        for gap in found
    )
    head = "".join(
        f'<th scope="col">{name}</th>' for name in ("asked", "questions", "nearest articles", "last", "what", "now")
    )
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>Gaps</title>'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        "<style>:root{color-scheme:light dark;font:15px/1.5 system-ui}td,th{text-align:left;padding:.3rem .6rem;"
        "border-bottom:1px solid}</style>"
        "<h1>What visitors asked and did not get</h1>"
        f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>\n"
    )


def state(gap: Gap) -> str:
    """In a word."""
    return {None: "", True: "closed", False: "open"}[gap.closed]


def told(gap: Gap) -> str:
    """Its signals in words."""
    return ", ".join(f"{count} {signal}" for signal, count in gap.signals.items())


def _gap(own: Sequence[Unmet]) -> Gap:
    traces = [one.trace for one in own]
    wordings = Counter(trace.question for trace in traces)
    signals = Counter(one.signal for one in own)
    articles = Counter(name for trace in traces for name in _articles(trace.record))
    return Gap(
        tuple(text for text, _ in wordings.most_common()), traces[0].language, len(own),
        {name: signals[name] for name in SIGNALS if signals[name]},
        traces[0].at, traces[-1].at, tuple(name for name, _ in articles.most_common(NEAREST)),
        tuple(dict.fromkeys(_said(one.trace) for one in own if one.signal == "rated down")),
        trace_id=traces[-1].trace_id,
    )  # fmt: skip


def _said(trace: Trace) -> str:
    return str(trace.record.get("answer", ""))


def _articles(record: Any) -> list[str]:
    """The first few articles of the passages read, each once."""
    return list(dict.fromkeys(hit["article_id"] for hit in record.get("hits", ())))[:NEAREST]
