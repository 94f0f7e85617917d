"""Ordinals: which one of a list a question means."""

from collections.abc import Sequence
from typing import TypeVar

from knowledge.terms import words

Item = TypeVar("Item")

PLACES = {
    "first": 0, "1st": 0, "second": 1, "2nd": 1, "third": 2, "3rd": 2, "fourth": 3, "4th": 3, "fifth": 4, "5th": 4,
    "sixth": 5, "6th": 5, "seventh": 6, "7th": 6, "last": -1, "final": -1, "latter": -1,
    "eerste": 0, "tweede": 1, "derde": 2, "vierde": 3, "vijfde": 4, "zesde": 5, "zevende": 6, "laatste": -1,
}  # fmt: skip


def nth(items: Sequence[Item], question: str) -> Item | None:
    """The item of ``items`` that the question's first ordinal points at; None without one, or beyond the list."""
    place = next((PLACES[word] for word in words(question) if word in PLACES), None)
    return items[place] if place is not None and -len(items) <= place < len(items) else None


def names_one(question: str) -> bool:
    """Does a question ask for one of several by its place?"""
    return any(word in PLACES for word in words(question))
