"""Fact recall without a language model: a fact is said in its own words, or by a sentence that lies close to it.

The words decide first (``evals.metrics.matching.says``). Where they do not, the cosine between the fact and the nearest
sentence does, and every figure of the fact has to stand in that sentence. How often that errs is measured on labelled
pairs: ``python -m benchmarks.facts``, figures in ``benchmarks/README.md``.
"""

from collections.abc import Mapping, Sequence

from assistant.statements import statements
from evals.metrics.matching import says
from knowledge.embedder import Embedder
from knowledge.figures import figures
from knowledge.plain import plain

# Few facts found wrongly, chosen on the dev half. It misses most facts in other words: recall is a lower bound.
NEAR = 0.6


class FactFinder:
    """Tells which facts a text says; ``near`` is the least cosine of a sentence in other words."""

    def __init__(self, embedder: Embedder, near: float = NEAR) -> None:
        self._embedder = embedder
        self._near = near

    def said(self, text: str, facts: Sequence[str]) -> dict[str, bool]:
        """For every fact, does ``text`` say it?"""
        sentences = [plain(sentence) for sentence in statements([text])]
        close = self._closeness(sentences, [fact for fact in facts if not says(text, fact)])
        return {fact: close.get(fact, 1.0) >= self._near for fact in facts}

    def closeness(self, text: str, fact: str) -> float:
        """The cosine of the nearest sentence with all of the fact's figures, in [-1, 1]; 0 when there is none."""
        return self._closeness([plain(sentence) for sentence in statements([text])], [fact])[fact]

    def _closeness(self, sentences: Sequence[str], facts: Sequence[str]) -> Mapping[str, float]:
        if not facts or not sentences:
            return dict.fromkeys(facts, 0.0)
        cosines = self._embedder.embed_passages(facts) @ self._embedder.embed_passages(sentences).T
        return {
            fact: max(
                (float(c) for c, s in zip(row, sentences, strict=True) if figures(fact) <= figures(s)), default=0.0
            )
            for fact, row in zip(facts, cosines, strict=True)
        }


def fact_recall(said: Mapping[str, bool]) -> float | None:
    """The share of facts said, in [0, 1]; None when no fact is asked for.

    >>> fact_recall({"80 degrees": True, "dried leaves": False})
    0.5
    """
    return sum(said.values()) / len(said) if said else None
