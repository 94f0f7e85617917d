"""Cover: how much of a question's words a text has, weighted by how rare the words are."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from assistant.intent import topic_terms
from assistant.question import Question
from knowledge.reading import Reading
from knowledge.searcher import Searcher
from knowledge.terms import terms


@dataclass(frozen=True, slots=True)
class Weights:
    """``by_term``: the question's topic terms with their weight, all weights summing to 1.

    ``translated``: the same of the question in each other language that it was translated into.
    """

    by_term: Mapping[str, float]
    translated: tuple[Mapping[str, float], ...] = ()

    def cover(self, found: Iterable[str]) -> float:
        """The share of the question that ``found`` covers, in [0, 1], in the language in which that is most."""
        there = found if isinstance(found, frozenset) else frozenset(found)
        return max(_cover(weights, there) for weights in (self.by_term, *self.translated))


def _cover(weights: Mapping[str, float], there: frozenset[str]) -> float:
    return sum(weight for term, weight in weights.items() if term in there)


def weigh(question: Question, text: str, searcher: Searcher) -> Weights:
    """Weights of the topic terms of ``text``, by their rarity in the articles."""
    own, *others = (
        searcher.rarity(topic_terms(terms(reading.text, reading.language), reading.language))
        for reading in searcher.translated([Reading(text, question.language)])
    )
    return Weights(own, tuple(others))
