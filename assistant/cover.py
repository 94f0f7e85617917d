"""Cover: how much of a question's words a text has, weighted by how rare the words are."""

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
    """Weights of the topic terms of ``text``, by their rarity in the articles."""
    return Weights(searcher.rarity(topic_terms(terms(text, question.language), question.language)))
