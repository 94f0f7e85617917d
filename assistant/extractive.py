"""The answerer without a language model: the articles' own sentences and list items, in reading order.

It is never wrong about what an article says. A question that asks for reasons, steps or the like gets the whole list
whose heading offers them; any other the best sentences. How well a unit fits: the cover of the question's words
(with the heading that gives the unit its meaning), what the question asks for, and the hit's own score.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.cover import Weights
from assistant.intent import Intent, intent_of
from assistant.piece import Piece
from assistant.question import Question
from assistant.units import Unit, units
from knowledge.hit import Hit
from knowledge.plain import plain
from knowledge.searcher import Searcher
from knowledge.terms import terms

# How many hits are read, and how many sentences make an answer a person wants to read.
DEPTH = 8
# A further sentence must fit nearly as well as the best one.
NEARLY = 0.55
# A unit defines the topic when its first words hold this share of it.
DEFINED = 0.6
# Two units that share this much of their terms say the same (Jaccard).
SAME = 0.8


@dataclass(frozen=True, slots=True)
class Rated:
    """A unit and how well it fits."""

    unit: Unit
    score: float


class Extractive:
    """Composes answers from hits; ``max_sentences`` is the owner's knob, whole lists are not cut."""

    def __init__(self, searcher: Searcher, max_sentences: int) -> None:
        self._searcher = searcher
        self._max = max_sentences

    def write(self, question: Question, hits: Sequence[Hit], weights: Weights) -> Iterator[Piece]:
        """The pieces of an answer; none when nothing fits."""
        intent = intent_of(question.text)
        rated = [rate(unit, weights, intent) for hit in hits[:DEPTH] for unit in units(hit)]
        ranked = sorted((one for one in rated if not one.unit.text.endswith("?")), key=lambda one: -one.score)
        if chosen_list := best_list(rated, weights, intent) or introduced_list(ranked, rated):
            yield from self._whole_list(chosen_list)
        else:
            yield from self._sentences(ranked, rated, intent)

    def _whole_list(self, first: Unit) -> Iterator[Piece]:
        """The list that ``first`` stands in, with what introduces it, over all chunks of its section."""
        section = [unit for hit in self._searcher.section(first.hit) for unit in units(hit)]
        at = next(at for at, unit in enumerate(section) if unit.evidence.start == first.evidence.start)
        start, end = at, at
        while start > 0 and _continues(section[start - 1], section[start]):
            start -= 1
        while end + 1 < len(section) and _continues(section[end], section[end + 1]):
            end += 1
        yield _lead(section[start - 1] if start else None, first)
        for unit in section[start : end + 1]:
            yield Piece("item", unit.text, (unit.evidence,))

    def _sentences(self, ranked: list[Rated], rated: list[Rated], intent: Intent | None) -> Iterator[Piece]:
        ranked = [one for one in ranked if not one.unit.introduces]
        if not ranked:
            return
        chosen = [ranked[0].unit]
        if intent and intent.name == "definition" and ranked[0].unit.kind == "sentence":
            chosen += _following(ranked[0].unit, [one.unit for one in rated])
        for one in ranked[1:]:
            if len(chosen) >= self._max or one.score < NEARLY * ranked[0].score:
                break
            if not any(_same(one.unit, other) for other in chosen):
                chosen.append(one.unit)
        for unit in _reading_order(chosen[: self._max]):
            yield _piece(unit)


def rate(unit: Unit, weights: Weights, intent: Intent | None) -> Rated:
    """Cover by the unit's own words counts most, then with its heading, then the hit's score and what is asked for."""
    own = weights.cover(terms(unit.text, unit.hit.language))
    headed = weights.cover(terms(f"{unit.heading} {unit.text}", unit.hit.language))
    score = 0.4 * own + 0.3 * headed + 0.3 * unit.hit.score
    if intent and intent.offers.search(unit.text):
        score += 0.2 if intent.name in ("number", "date") else 0.1
    if intent and intent.name == "definition" and defines(unit, weights):
        score += 0.4
    return Rated(unit, score)


def best_list(rated: list[Rated], weights: Weights, intent: Intent | None) -> Unit | None:
    """The first unit of the list whose heading offers what is asked for and covers the topic best."""
    if not intent or not intent.wants_list:
        return None
    best: tuple[float, Unit] | None = None
    for one in rated:
        unit = one.unit
        heading = f"{unit.hit.section} {unit.lead}"
        if unit.kind != "item" or not intent.offers.search(heading):
            continue
        cover = weights.cover(terms(f"{heading} {unit.hit.title}", unit.hit.language))
        fit = cover + 0.5 * weights.cover(terms(heading, unit.hit.language)) + unit.hit.score
        if cover >= 0.5 and (best is None or fit > best[0]):
            best = (fit, unit)
    return best[1] if best else None


def introduced_list(ranked: list[Rated], rated: list[Rated]) -> Unit | None:
    """The first item of the list that the best unit introduces, where it is one that does."""
    if not ranked or not ranked[0].unit.introduces:
        return None
    lead = ranked[0].unit
    return next((one.unit for one in rated if one.unit.lead == lead.text and one.unit.hit == lead.hit), None)


def _continues(one: Unit, other: Unit) -> bool:
    """Are these two neighbours in one list?"""
    return one.kind == other.kind == "item" and one.numbered == other.numbered and other.lead in ("", one.lead)


def _lead(before: Unit | None, first: Unit) -> Piece:
    """The sentence that introduces a list, with its own footnote; the heading where there is none."""
    title = first.hit.title
    if before and before.introduces:
        return Piece("lead", f"{title} — {before.text}", (before.evidence,))
    heading = plain(first.hit.section.rsplit(" > ", 1)[-1])
    return Piece("lead", f"{title} — {heading}" if heading else title)


def defines(unit: Unit, weights: Weights) -> bool:
    """Does a sentence or a "Term — explanation" item begin with the topic?"""
    head = " ".join(re.split(r" [—–-] ", unit.text, maxsplit=1)[0].split()[:8])
    return weights.cover(terms(head, unit.hit.language)) >= DEFINED


def _following(first: Unit, every: list[Unit]) -> list[Unit]:
    """The next sentences of the same paragraph."""
    return [
        unit
        for unit in every
        if unit.block == first.block and unit.hit.article_id == first.hit.article_id
        and unit.evidence.start > first.evidence.start
    ][:1]  # fmt: skip


def _same(one: Unit, other: Unit) -> bool:
    left, right = (set(terms(unit.text, unit.hit.language)) for unit in (one, other))
    return bool(left and right) and len(left & right) / len(left | right) >= SAME


def _reading_order(chosen: list[Unit]) -> list[Unit]:
    """Articles in order of their best unit, units in order of the text."""
    articles = list(dict.fromkeys(unit.hit.article_id for unit in chosen))
    return sorted(chosen, key=lambda unit: (articles.index(unit.hit.article_id), unit.evidence.start))


def _piece(unit: Unit) -> Piece:
    """A sentence as it is; an item or a row with the words that give it its meaning."""
    if unit.kind == "sentence":
        return Piece("sentence", unit.text, (unit.evidence,))
    lead = unit.lead.rstrip(":") or unit.hit.section.rsplit(" > ", 1)[-1] or unit.hit.title
    return Piece("item", f"{lead}: {unit.text}", (unit.evidence,))
