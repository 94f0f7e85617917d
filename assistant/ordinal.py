"""Ordinals: which one of a list a question means."""

import re
from collections.abc import Sequence
from typing import TypeVar

from knowledge.terms import words

Item = TypeVar("Item")

PLACES = {
    "first": 0, "1st": 0, "second": 1, "2nd": 1, "third": 2, "3rd": 2, "fourth": 3, "4th": 3, "fifth": 4, "5th": 4,
    "sixth": 5, "6th": 5, "seventh": 6, "7th": 6, "last": -1, "final": -1, "latter": -1,
    "eerste": 0, "tweede": 1, "derde": 2, "vierde": 3, "vijfde": 4, "zesde": 5, "zevende": 6, "laatste": -1,
}  # fmt: skip


# What comes in lists and is asked for by its place; "the first chatbot" is none of these.
NOUNS = (
    r"ones?|steps?|stages?|phases?|reasons?|advantages?|benefits?|disadvantages?|drawbacks?|points?|items?|options?|methods?|"
    r"questions?|criteri(?:on|a)|things?|measures?|factors?|components?|elements?|examples?|features?|tasks?|ways?|tips?|"
    r"rules?|dut(?:y|ies)|rights?|abilit(?:y|ies)|terms?|concepts?|types?|kinds?|parts?|principles?|risks?|"
    r"stap|fase|reden|voordeel|nadeel|punt|optie|methode|manier|regel|plicht|recht|begrip|soort|onderdeel|principe|risico"
)
_PLACE = "|".join(PLACES)
# "step 3", "number three"
COUNTED = {
    "one": 0, "two": 1, "three": 2, "four": 3, "five": 4, "six": 5,
    "een": 0, "twee": 1, "drie": 2, "vier": 3, "vijf": 4, "zes": 5,
} | {str(number): number - 1 for number in range(1, 10)}  # fmt: skip
NUMBERED = re.compile(rf"\b(?:steps?|numbers?|items?|points?|stap|nummer|punt) ({'|'.join(COUNTED)})\b", re.IGNORECASE)
NAMED = re.compile(
    rf"\b(?:{_PLACE})\b(?! hand\b)(?:\W+\w+)?\W+(?:{NOUNS})\b|"
    rf"\b(?:which|what|wat|welke)\b.{{0,12}}\b(?:is|are) the (?:{_PLACE})\W*$|"
    rf"\b(?:the|that|de|die|het|dat) (?:{_PLACE})\W*$",
    re.IGNORECASE,
)


def nth(items: Sequence[Item], question: str) -> Item | None:
    """The item of ``items`` that the question's first ordinal points at; None without one, or beyond the list."""
    place = _place(question)
    return items[place] if place is not None and -len(items) <= place < len(items) else None


def _place(question: str) -> int | None:
    if numbered := NUMBERED.search(question):
        return COUNTED[numbered[1].lower()]
    return next((PLACES[word] for word in words(question) if word in PLACES), None)


def names_one(question: str) -> bool:
    """Does a question ask for one of several by its place?"""
    return bool(NAMED.search(question) or NUMBERED.search(question))
