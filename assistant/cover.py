"""Cover: how much of a question's words a text has, weighted by how rare the words are."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from assistant.intent import topic_terms
from assistant.question import Question
from knowledge.reading import Reading
from knowledge.searcher import Searcher
from knowledge.terms import terms


@dataclass(frozen=True)
class Weights:
    """``by_term``: the question's topic terms with their weight, all weights summing to 1.

    ``translated``: the same of the question in each other language that it was translated into. ``synonyms``: pairs of
    terms that say what other terms of the question do (the synonym operator of Pirkola 1998).
    """

    by_term: Mapping[str, float]
    translated: tuple["Weights", ...] = ()
    synonyms: tuple[tuple[frozenset[str], frozenset[str]], ...] = ()

    @cached_property
    def figures(self) -> frozenset[str]:
        """The question's numbers and years."""
        return frozenset(filter(str.isdecimal, self.by_term))

    def cover(self, found: Iterable[str]) -> float:
        """The share of the question that ``found`` covers, in [0, 1], in the language in which that is most."""
        there = found if isinstance(found, frozenset) else frozenset(found)
        own = self._own(there)
        return max(own, *(other._own(there) for other in self.translated)) if self.translated else own

    def _own(self, there: frozenset[str]) -> float:
        said = there.union(*(terms for other, terms in self.synonyms if other <= there)) if self.synonyms else there
        return sum(weight for term, weight in self.by_term.items() if term in said)


def weigh(question: Question, text: str, searcher: Searcher) -> Weights:
    """Weights of the topic terms of ``text``, by their rarity in the articles."""
    own, *others = searcher.translated([Reading(text, question.language)])
    kept = [tuple(set(terms(one.text, one.language)) & set(terms(text, one.language))) for one in others]
    translated = tuple(_weights(one, searcher, unknown) for one, unknown in zip(others, kept, strict=True))
    return replace(_weights(own, searcher, () if others else None), translated=translated)


def _weights(reading: Reading, searcher: Searcher, unknown: Collection[str] | None) -> Weights:
    """Of one reading; the ``unknown`` of its terms may be typos, all of them where no glossary knows its words."""

    def said(text: str) -> frozenset[str]:
        return frozenset(terms(text, reading.language))

    topic = topic_terms(terms(reading.text, reading.language), reading.language)
    return Weights(
        searcher.rarity(searcher.corrected(topic, unknown)),
        synonyms=tuple((said(other), said(best)) for best, other in reading.synonyms if said(other)),
    )
