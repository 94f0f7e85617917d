"""Cover: how much of a question's words a text has, weighted by how rare the words are."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from assistant.intent import topic_terms
from assistant.question import Question
from knowledge.searcher import Searcher
from knowledge.terms import terms


@dataclass(frozen=True, slots=True)
class Weights:
    """``by_term``: the question's topic terms with their weight, all weights summing to 1."""

    by_term: Mapping[str, float]

    def cover(self, found: Iterable[str]) -> float:
        """The share of the question that ``found`` covers, in [0, 1]."""
        there = set(found)
        return sum(weight for term, weight in self.by_term.items() if term in there)


def weigh(question: Question, text: str, searcher: Searcher) -> Weights:
    """Weights of the topic terms of ``text``: inverse document frequency as in BM25 (Robertson 2004)."""
    wanted = dict.fromkeys(topic_terms(terms(text, question.language), question.language))
    shares = searcher.document_frequencies(wanted)
    raw = {term: math.log(1 + (1 - shares.get(term, 0.0) + 1e-3) / (shares.get(term, 0.0) + 1e-3)) for term in wanted}
    total = sum(raw.values()) or 1.0
    return Weights({term: weight / total for term, weight in raw.items()})
