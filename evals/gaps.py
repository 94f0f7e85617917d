"""Gaps: what visitors asked and did not get, grouped into topics, so that an owner knows what to write next.

Reads the traces of refused questions (``assistant.traces``), which are kept without personal data.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from html import escape
from typing import Any

from assistant.traces import Trace
from knowledge.embedder import Embedder

# Cosine from which a question joins a topic. At 0.60 10 of 12 pairs of wordings fall together, and 5 of the 4,560 pairs
# of different questions in the suites near_misses and off_topic (all-MiniLM-L6-v2); at 0.65 it is 9, and 1.
ALIKE = 0.6
NEAREST = 3


@dataclass(frozen=True, slots=True)
class Gap:
    """``questions`` are its wordings, most frequent first; ``count`` how often it was asked, ``last`` when (ISO 8601).

    ``nearest`` are ids of articles; ``closed`` tells whether it is answered now, None where it was not asked again.
    """

    questions: tuple[str, ...]
    count: int
    first: str
    last: str
    nearest: tuple[str, ...]
    closed: bool | None = None


def gaps(refused: Iterable[Trace], embedder: Embedder) -> list[Gap]:
    """Topics of refused questions, the most asked first.

    A question joins the nearest topic's first question, or begins one (leader clustering, Hartigan 1975, chapter 3).
    """
    asked = list(refused)
    if not asked:
        return []
    vectors = embedder.embed_passages([trace.question for trace in asked])
    leaders: list[int] = []
    members: dict[int, list[Trace]] = {}
    for at, trace in enumerate(asked):
        closest = max(leaders, key=lambda one: float(vectors[one] @ vectors[at]), default=at)
        if closest == at or float(vectors[closest] @ vectors[at]) < ALIKE:
            leaders.append(at)
            closest = at
        members.setdefault(closest, []).append(trace)
    return sorted((_gap(own) for own in members.values()), key=lambda gap: (-gap.count, gap.first))


def asked_again(found: Sequence[Gap], answers: Callable[[str], bool]) -> list[Gap]:
    """The same gaps with ``closed``: does ``answers`` say that the most frequent wording is answered now?"""
    return [replace(gap, closed=answers(gap.questions[0])) for gap in found]


def page(found: Sequence[Gap]) -> str:
    """A stand-alone HTML page."""
    rows = "".join(
        f"<tr><td>{gap.count}</td><td>{escape(' / '.join(gap.questions))}</td><td>{escape(', '.join(gap.nearest))}</td>"
        f"<td>{escape(gap.last[:10])}</td><td>{state(gap)}</td></tr>"
        for gap in found
    )
    head = "".join(f'<th scope="col">{name}</th>' for name in ("asked", "questions", "nearest articles", "last", "now"))
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


def _gap(own: Sequence[Trace]) -> Gap:
    wordings = Counter(trace.question for trace in own)
    articles: Counter[str] = Counter()
    for trace in own:
        articles.update(dict.fromkeys(_articles(trace.record), 1))
    return Gap(
        tuple(text for text, _ in wordings.most_common()), len(own), own[0].at, max(trace.at for trace in own),
        tuple(name for name, _ in articles.most_common(NEAREST)),
    )  # fmt: skip


def _articles(record: Any) -> list[str]:
    """The first few articles of the passages read, each once."""
    return list(dict.fromkeys(hit["article_id"] for hit in record.get("hits", ())))[:NEAREST]
