"""Aliases: articles that nearly repeat each other, of which one speaks in an answer.

``ingest.near_duplicates`` finds the pairs; groups are what hangs together by pairs. A group's canonical article is its
longest. It speaks for all, unless another of the group fits a question better: a short page may say what the long
one leaves out.
"""

from collections.abc import Iterable, Mapping, Sequence

from knowledge.hit import Hit
from knowledge.translations import placed

# The canonical article speaks if its best hit has at least this share of the group's best score.
CLOSE = 0.95


def canonicals(pairs: Iterable[tuple[str, str]], lengths: Mapping[str, int]) -> dict[str, str]:
    """Each article of a group to the group's canonical one: the longest, of equals the first by id."""
    leader: dict[str, str] = {}

    def find(one: str) -> str:
        while (other := leader.setdefault(one, one)) != one:
            one = other
        return one

    for one, other in pairs:
        first, second = sorted((find(one), find(other)), key=lambda article: (-lengths.get(article, 0), article))
        leader[second] = first
    return {article: find(article) for article in list(leader)}


def one_of_a_group(hits: Sequence[Hit], canonical: Mapping[str, str]) -> list[Hit]:
    """``hits``, best first, without those of articles for which another of their group speaks.

    Where one falls away, the next hit of the article that speaks takes its place and its score.
    """
    best: dict[str, float] = {}
    for hit in hits:
        best.setdefault(hit.article_id, hit.score)
    speaks: dict[str, str] = {}  # canonical -> the article that speaks for it
    for article, score in best.items():  # in order of score, so the first of a group is its best
        head = canonical.get(article, article)
        near = best.get(head, 0.0) >= CLOSE * score
        speaks.setdefault(head, head if near else article)
    return list(placed(hits, {article: speaks[canonical.get(article, article)] for article in best}))
