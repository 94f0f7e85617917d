"""Neighbours: passages that follow each other in one section, read as one by a model.

A section that was cut into chunks is found in pieces; together they cost one heading in the prompt, and a model sees
what stands on both sides of the cut.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import reduce

from knowledge.hit import Hit

# Characters between two neighbours: white space.
GAP = 4


def joined(hits: Sequence[Hit]) -> list[Hit]:
    """The hits, best first; neighbours as one, in the place of the best of them."""
    runs: list[list[Hit]] = []
    for hit in sorted(hits, key=lambda one: (one.article_id, one.section, one.start)):
        if runs and _follows(runs[-1][-1], hit):
            runs[-1].append(hit)
        else:
            runs.append([hit])
    return [reduce(_joined, run) for run in sorted(runs, key=lambda run: min(map(hits.index, run)))]


def _follows(one: Hit, other: Hit) -> bool:
    same = (one.article_id, one.section) == (other.article_id, other.section)
    return same and 0 <= other.start - one.end <= GAP


def _joined(first: Hit, second: Hit) -> Hit:
    """Both, with the better score; what stands between them is white space, of which the length counts."""
    between = "\n" * (second.start - first.end)
    better = max(first, second, key=lambda hit: hit.score)
    text, blocks = first.text + between + second.text, first.blocks + second.blocks
    return replace(better, text=text, start=first.start, end=second.end, blocks=blocks, ordinal=first.ordinal)
