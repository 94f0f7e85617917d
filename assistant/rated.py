"""How well a unit fits a question."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.cover import Weights
from assistant.intent import Intent
from assistant.units import Unit, units
from knowledge.hit import Hit

# How many hits are read.
DEPTH = 8
# A unit defines the topic when its first words hold this share of it.
DEFINED = 0.6
# What a figure that the question names ("in 2024") and the unit lacks takes off.
NO_FIGURE = 0.15
# What it adds that the heading right above offers what is asked for ("Why does ...").
HEADED = 0.15


@dataclass(frozen=True, slots=True)
class Rated:
    """A unit, how well it fits, and the score of the hit it was found in."""

    unit: Unit
    score: float
    found: float


def rated_units(hits: Sequence[Hit], weights: Weights, intent: Intent | None) -> list[Rated]:
    """Every unit of the first hits, in order of the hits and of the text."""
    return [rated for hit in hits[:DEPTH] for rated in _of_hit(hit, weights, intent)]


def _of_hit(hit: Hit, weights: Weights, intent: Intent | None) -> Iterator[Rated]:
    """The units of one hit; those below a heading that offers what is asked for fit better."""
    heading = hit.section.rsplit(" > ", 1)[-1] or hit.title
    headed = HEADED if intent and intent.wants_list and intent.offers.search(heading) else 0.0
    for unit in units(hit):
        rated = rate(unit, hit.score, weights, intent)
        yield replace(rated, score=rated.score + headed) if headed else rated


def rate(unit: Unit, found: float, weights: Weights, intent: Intent | None) -> Rated:
    """Cover by the unit's own words counts most, then with its heading, then the hit's score and what is asked for."""
    score = 0.4 * weights.cover(unit.terms) + 0.3 * weights.cover(unit.headed_terms) + 0.3 * found
    if intent and unit.offers(intent):
        score += 0.2 if intent.name in ("number", "date") else 0.1
    if weights.figures and not weights.figures <= unit.headed_terms:
        score -= NO_FIGURE
    if intent and intent.name == "definition" and defines(unit, weights):
        score += 0.4
    return Rated(unit, score, found)


def defines(unit: Unit, weights: Weights) -> bool:
    """Does a sentence or a "Term — explanation" item begin with the topic?"""
    return weights.cover(unit.opening) >= DEFINED
