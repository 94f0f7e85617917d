"""Lists: which list of the passages answers a question, and the whole of it over all chunks of its section."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.cover import Weights
from assistant.intent import Intent
from assistant.piece import Piece
from assistant.rated import Rated
from assistant.units import Unit, units
from knowledge.plain import plain
from knowledge.searcher import Searcher
from knowledge.terms import said

# What the words over a list (title, heading, lead-in) must cover of the topic; less where it offers what is asked for
# in the article found first.
COVERED, COVERED_IN_FIRST = 0.5, 0.25
# A list whose own heading or lead-in covers this much of the topic is the one asked for, whatever it offers.
NAMED = 0.35
# Characters between two items of a list: white space, and no heading.
GAP = 4


@dataclass(frozen=True, slots=True)
class WholeList:
    """``lead`` introduces ``items``: a sentence of the article, or its heading."""

    lead: Piece
    items: tuple[Unit, ...]


def best(rated: Sequence[Rated], weights: Weights, intent: Intent | None, any_offer: bool = False) -> Unit | None:
    """The first unit of the list whose heading offers what is asked for and covers the topic best.

    ``any_offer``: whatever the heading offers, as for a question after the third of something.
    """
    if not rated or not (any_offer or (intent and intent.wants_list)):
        return None
    first = rated[0].unit.hit.article_id
    fits: list[tuple[float, int, Unit]] = []
    seen = set[tuple[str, float, str, bool]]()
    for at, one in enumerate(rated):
        unit, heading = one.unit, f"{one.unit.hit.section} {one.unit.lead}"
        place = (unit.hit.article_id, one.found, heading, unit.numbered)
        if unit.kind == "sentence" or place in seen:
            continue
        seen.add(place)
        own = weights.cover(said(heading, unit.hit.language))
        if not (any_offer or (intent and (offers(intent, unit, heading) or _named(intent, own)))):
            continue
        cover = weights.cover(said(f"{heading} {unit.hit.title}", unit.hit.language))
        if cover >= (COVERED_IN_FIRST if unit.hit.article_id == first and not any_offer else COVERED):
            named = 0.3 if intent and intent.offers.search(heading) else 0.0
            if any_offer and intent and offers(intent, unit, heading):
                named = 0.6
            fits.append((cover + 0.5 * own + one.found + named, -at, unit))
    return max(fits)[2] if fits else None


def of_first(rated: Sequence[Rated], intent: Intent) -> Unit | None:
    """The first unit of a list in the hit found first, where the list is of the kind that is asked for."""
    here = [one.unit for one in rated if one.unit.hit.chunk_id == rated[0].unit.hit.chunk_id]
    items = (unit for unit in here if unit.kind == "item")
    return next((unit for unit in items if offers(intent, unit, f"{unit.hit.section} {unit.lead}")), None)


def offers(intent: Intent, unit: Unit, heading: str) -> bool:
    """Does a list offer what is asked for? A numbered one has steps, whatever its heading says."""
    return bool(intent.offers.search(heading)) or (intent.name == "steps" and unit.numbered)


def _named(intent: Intent, own: float) -> bool:
    """Is a list asked for, and the one whose heading has this cover meant?"""
    return intent.name == "list" and own >= NAMED


def introduced(ranked: Sequence[Rated], rated: Sequence[Rated], one_of: bool = False) -> Unit | None:
    """The first item of the list that the best unit introduces; after ``one_of`` several, that its paragraph does."""
    if not ranked:
        return None
    lead = ranked[0].unit
    if one_of and lead.kind == "sentence":
        lead = next(one.unit for one in reversed(rated) if one.unit.block == lead.block and one.unit.hit == lead.hit)
    if not lead.introduces:
        return None
    return next((one.unit for one in rated if one.unit.lead == lead.text and one.unit.hit == lead.hit), None)


def shared(chosen: Sequence[Unit]) -> Unit | None:
    """The first of the chosen units that stand in one list, where they are most of them and at least two."""
    lists = Counter((unit.hit.article_id, unit.hit.section, unit.lead) for unit in chosen if unit.kind == "item")
    if not lists:
        return None
    (name, count), *_ = lists.most_common(1)
    found = [
        unit for unit in chosen if unit.kind == "item" and (unit.hit.article_id, unit.hit.section, unit.lead) == name
    ]
    return found[0] if count >= 2 and 2 * count > len(chosen) else None


def whole(first: Unit, searcher: Searcher) -> WholeList:
    """The list that ``first`` stands in."""
    section = [unit for hit in searcher.section(first.hit) for unit in units(hit)]
    at = next(at for at, unit in enumerate(section) if unit.evidence.start == first.evidence.start)
    start, end = at, at
    while start > 0 and _continues(section[start - 1], section[start]):
        start -= 1
    while end + 1 < len(section) and _continues(section[end], section[end + 1]):
        end += 1
    return WholeList(_lead(section[start - 1] if start else None, first), tuple(section[start : end + 1]))


def _continues(one: Unit, other: Unit) -> bool:
    """Are these two neighbours in one list? Two sections of one name stand apart."""
    if other.block.start - one.block.end > GAP:
        return False
    if one.kind == "row":
        return one.block == other.block
    return one.kind == other.kind == "item" and one.numbered == other.numbered and other.lead in ("", one.lead)


def _lead(before: Unit | None, first: Unit) -> Piece:
    """The sentence that introduces a list, with its own footnote; the heading where there is none."""
    title = first.hit.title
    if before and before.introduces:
        return Piece("lead", f"{title} — {before.text}", (before.evidence,))
    heading = plain(first.hit.section.rsplit(" > ", 1)[-1])
    return Piece("lead", f"{title} — {heading}" if heading else title)
