"""The answerer without a language model: the articles' own sentences, list items and table rows.

It is never wrong about what an article says. What a question asks for decides the form: two things side by side, the
n-th of a list, a whole list with its lead-in, or else the sentences that fit best, in reading order.
"""

import re
from collections.abc import Iterator

from assistant import lists, ordinal
from assistant.comparison import compared
from assistant.cover import Weights
from assistant.intent import Intent, intent_of
from assistant.piece import Piece
from assistant.question import Question
from assistant.rated import Rated
from assistant.tables import table
from assistant.units import Unit
from knowledge.searcher import Searcher

# A further sentence must fit nearly as well as the best one: at 0.75 the answers to 129 public questions hold the
# string asked for in .853 of cases (2.0 sentences), at 0.55 in .860 (2.6).
NEARLY = 0.55
# A sentence that goes on from the one before.
LEANING = re.compile(
    r"^(this|these|that|such|it|its|they|their|he|she|both|deze|dit|dat|die|zulke|het|hij|zij|beide)\b|\b(therefore|thus|hence|daarom|dus|daardoor|hierdoor)\b",
    re.IGNORECASE,
)
# Sentences more where a glossary translated the question, which is then read less exactly: .83 of the facts of 46 Dutch
# questions are said so, .74 without.
ROUGHLY = 2
# Two units that share this much of their terms say the same (Jaccard).
SAME = 0.8


class Extractive:
    """Composes answers from the rated units of hits; ``max_sentences`` is the owner's knob, whole lists are not cut."""

    def __init__(self, searcher: Searcher, max_sentences: int) -> None:
        self._searcher = searcher
        self._max = max_sentences

    def write(self, question: Question, rated: list[Rated], weights: Weights) -> Iterator[Piece]:
        """The pieces of an answer; none when nothing fits."""
        intent = intent_of(question.text)
        ranked = sorted((one for one in rated if not one.unit.text.endswith("?")), key=lambda one: -one.score)
        if pieces := list(compared(question, rated, weights, self._searcher.translated)):
            yield from pieces
            yield from self._besides(pieces, ranked, rated, intent, self._most(weights))
        elif first := self._list(question, rated, ranked, weights, intent):
            yield from self._listed(question, first)
        else:
            yield from (_piece(unit) for unit in self._picked(ranked, rated, intent, self._most(weights)))

    def _besides(
        self, table: list[Piece], ranked: list[Rated], rated: list[Rated], intent: Intent | None, most: int
    ) -> Iterator[Piece]:
        """What else fits a comparison, and does not stand in its table."""
        shown = [one for piece in table for cell in (piece, *piece.cells) for one in cell.evidence]
        for unit in self._picked(ranked, rated, intent, most):
            place = unit.evidence
            if not any(one.hit == place.hit and place.start <= one.start < place.end for one in shown):
                yield _piece(unit)

    def _list(
        self, question: Question, rated: list[Rated], ranked: list[Rated], weights: Weights, intent: Intent | None
    ) -> Unit | None:
        """A unit of the list that answers the question as a whole, where one does."""
        one_of = ordinal.names_one(question.text) and not question.history
        found = lists.best(rated, weights, intent, any_offer=one_of)
        if not found and not (intent and intent.name == "definition"):
            found = lists.introduced(ranked, rated, one_of)
        if found or not (intent and intent.wants_list):
            return found
        return lists.of_first(rated, intent) or lists.shared(self._picked(ranked, rated, intent, self._most(weights)))

    def _listed(self, question: Question, first: Unit) -> Iterator[Piece]:
        """The whole list, or the one item that is asked for by its place."""
        found = lists.whole(first, self._searcher)
        meant = (
            ordinal.nth(found.items, question.text)
            if ordinal.names_one(question.text) and not question.history
            else None
        )
        yield found.lead
        if first.kind == "row":
            yield from table([meant] if meant else found.items)
        else:
            yield from (Piece("item", unit.text, (unit.evidence,)) for unit in ([meant] if meant else found.items))

    def _most(self, weights: Weights) -> int:
        """How many sentences an answer may have."""
        return self._max + (ROUGHLY if weights.translated else 0)

    def _picked(self, ranked: list[Rated], rated: list[Rated], intent: Intent | None, most: int) -> list[Unit]:
        """The units that fit best, ``most`` at most, in reading order."""
        ranked = [one for one in ranked if not one.unit.introduces]
        chosen = [one.unit for one in ranked[:1]]
        if intent and intent.name == "definition" and chosen and chosen[0].kind == "sentence":
            chosen += _following(chosen[0], [one.unit for one in rated])
        for one in ranked[1:]:
            if len(chosen) >= most or one.score < NEARLY * ranked[0].score:
                break
            if not any(_same(one.unit, other) for other in chosen):
                chosen.append(one.unit)
        return _reading_order(_led(chosen[:most], [one.unit for one in rated])[:most])


def _led(chosen: list[Unit], every: list[Unit]) -> list[Unit]:
    """Each with the sentence before that it goes on from ("therefore"), best first."""
    led: list[Unit] = []
    for unit in chosen:
        before = _before(unit, every) if unit.kind == "sentence" and LEANING.search(unit.text) else None
        led += [one for one in (unit, before) if one and one not in led]
    return led


def _before(unit: Unit, every: list[Unit]) -> Unit | None:
    """The sentence before, in the same paragraph."""
    there = [
        one for one in every
        if one.block == unit.block and one.hit.article_id == unit.hit.article_id
        and one.evidence.start < unit.evidence.start
    ]  # fmt: skip
    return there[-1] if there else None


def _following(first: Unit, every: list[Unit]) -> list[Unit]:
    """The next sentence of the same paragraph."""
    return [
        unit
        for unit in every
        if unit.block == first.block and unit.hit.article_id == first.hit.article_id
        and unit.evidence.start > first.evidence.start and not unit.introduces
    ][:1]  # fmt: skip


def _same(one: Unit, other: Unit) -> bool:
    left, right = one.terms, other.terms
    return bool(left and right) and len(left & right) / len(left | right) >= SAME


def _reading_order(chosen: list[Unit]) -> list[Unit]:
    """Articles in order of their best unit, units in order of the text."""
    articles = list(dict.fromkeys(unit.hit.article_id for unit in chosen))
    return sorted(chosen, key=lambda unit: (articles.index(unit.hit.article_id), unit.evidence.start))


def _piece(unit: Unit) -> Piece:
    """A sentence as it is; an item or a row with the words that give it its meaning."""
    if unit.kind == "sentence":
        return Piece("sentence", unit.text, (unit.evidence,))
    heading = unit.hit.section.rsplit(" > ", 1)[-1]
    lead = unit.lead.rstrip(":") or (heading if not heading.endswith("?") else "") or unit.hit.title
    return Piece("item", f"{lead}: {unit.text}", (unit.evidence,))
