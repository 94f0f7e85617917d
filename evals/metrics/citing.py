"""Metrics of citations: does a quotation carry the statement in front of it, and is it what the article says?

Precision and recall follow ALCE (Gao et al., "Enabling Large Language Models to Generate Text with Citations", EMNLP
2023), with words in place of its entailment model: a statement is carried when its figures, and enough of its terms,
stand in what it cites. That finds wrong citations, not wrong conclusions.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from assistant.answer import Answer, Citation
from evals.metrics.matching import cover
from knowledge.article import Article
from knowledge.plain import plain

MARKS = re.compile(r"((?:\[\d{1,3}\]\s*)+)")

# ``python -m benchmarks.facts``: of 299 extractive statements none fails by its own quotations; of the other quotations
# in the same answer, 12 % pass (items of one list share their lead-in).
CARRIED = 0.6


@dataclass(frozen=True, slots=True)
class Statement:
    """A stretch of an answer up to its marks; ``cites`` are the quotations, each with what it stands under."""

    text: str
    cites: tuple[str, ...]

    @property
    def carried(self) -> bool:
        """Do all its quotations together carry it?"""
        return bool(self.cites) and cover(" ".join(self.cites), self.text) >= CARRIED


def stated(answer: Answer, articles: Mapping[str, Article]) -> list[Statement]:
    """The statements of an answer; a line that ends in a colon and cites nothing is a heading and none."""
    quoted = {one.n: in_place(one, articles.get(one.article_id)) for one in answer.citations}
    found = []
    for line in answer.answer.splitlines():
        parts = MARKS.split(line)
        for text, marks in zip(parts[::2], [*parts[1::2], ""], strict=True):
            shown = plain(text)
            if shown and (marks or not shown.endswith(":")):
                numbers = [int(number) for number in re.findall(r"\d+", marks)]
                found.append(Statement(shown, tuple(quoted[n] for n in numbers if n in quoted)))
    return found


def in_place(one: Citation, article: Article | None) -> str:
    """A quotation with what gives it its meaning: title, heading, the sentence before a list, the head of a table."""
    under = [one.title, one.section]
    if article:
        before = [block for block in article.blocks if block.start <= one.start]
        if before and before[-1].kind == "item":
            above = next((block for block in reversed(before) if block.kind != "item"), before[-1])
            under.append(article.text[above.start : above.end])
        if before and before[-1].kind == "table":
            under.append(article.text[before[-1].start : before[-1].end].split("\n")[0])
    return " ".join([*under, one.quote])


def citation_recall(found: Sequence[Statement]) -> float | None:
    """The share of statements that their quotations carry, in [0, 1]; None without statements."""
    return sum(one.carried for one in found) / len(found) if found else None


def citation_precision(found: Sequence[Statement]) -> float | None:
    """The share of citations that are needed: they carry the statement alone, or it falls without them.

    None without citations.
    """
    judged = [_needed(one, at) for one in found for at in range(len(one.cites))]
    return sum(judged) / len(judged) if judged else None


def support_rate(found: Sequence[Statement]) -> float | None:
    """The share of statements that cite anything at all, in [0, 1]; None without statements."""
    return sum(bool(one.cites) for one in found) / len(found) if found else None


def quotes_true(citations: Sequence[Citation], articles: Mapping[str, Article]) -> float | None:
    """The share of quotations that stand in today's article, verbatim and at their place; None without citations."""
    verbatim = [
        one.article_id in articles and articles[one.article_id].text[one.start : one.end] == one.quote
        for one in citations
    ]
    return sum(verbatim) / len(verbatim) if verbatim else None


def cited_right(citations: Sequence[Citation], acceptable: Collection[str]) -> float | None:
    """The share of citations from an acceptable article, in [0, 1]; None without citations."""
    return sum(one.article_id in acceptable for one in citations) / len(citations) if citations else None


def _needed(one: Statement, at: int) -> bool:
    alone = Statement(one.text, (one.cites[at],))
    without = Statement(one.text, one.cites[:at] + one.cites[at + 1 :])
    return alone.carried or (one.carried and not without.carried)
