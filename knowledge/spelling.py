"""Spelling: a term that stands nowhere in the index is read as the nearest ones that do.

A typo becomes the indexed term at the smallest optimal string alignment distance (Levenshtein with transpositions, as
rapidfuzz computes it); a word written in one ("finetuning", "modelkeuze") becomes its two parts.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence

from sqlalchemy import Connection

from knowledge.fulltext import document_counts

# Below this a word has too many neighbours; from LONG on two mistakes are allowed.
SHORTEST = 5
LONG = 9
# Up to here many a real word is one letter from another.
LONGER = 6
PART = 3

# The indexed terms that begin with a letter, the most frequent first.
Vocabulary = Callable[[str], Sequence[str]]


def corrected(
    connection: Connection, words: Iterable[Sequence[str]], known: Mapping[str, int], vocabulary: Vocabulary
) -> list[str]:
    """Of each word the stems that are ``known``; where none is, what its first most likely stands for or itself.

    A word has a stem per language: a Dutch stem that stands nowhere is no typo where the English one is there. What
    was read first of each word stands first, in the words' order, so that neighbours stay neighbours.
    """
    first, others = list[str](), list[str]()
    for stems in words:
        there = [stem for stem in stems if stem in known]
        first += there[:1] or _read(connection, stems[0], vocabulary)
        others += there[1:]
    return list(dict.fromkeys(first + others))


def _read(connection: Connection, term: str, vocabulary: Vocabulary) -> list[str]:
    if len(term) < SHORTEST or not term.isalpha():
        return [term]
    parts = _parts(connection, term)
    near = None if parts else nearest(term, vocabulary(term[0]))
    return parts or ([near] if near else [term])


def _parts(connection: Connection, term: str) -> list[str]:
    """The two indexed terms that ``term`` is made of, the longest first part that has a second; else none."""
    splits = [(term[:at], term[at:]) for at in range(len(term) - PART, PART - 1, -1)]
    there = document_counts(connection, {part for split in splits for part in split})
    return next((list(split) for split in splits if split[0] in there and split[1] in there), [])


def surely(term: str, known: Iterable[str]) -> str | None:
    """The nearest one, where ``term`` is no other word: a short one that lacks no letter may be ("print", "point")."""
    near = nearest(term, known)
    return near if near and (len(term) > LONGER or len(near) > len(term)) else None


def nearest(term: str, known: Iterable[str]) -> str | None:
    """What ``term`` is most likely a typo of, of two as near the first; None where nothing with its first letter is
    near enough.
    """
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extractOne

    if len(term) < SHORTEST or not term.isalpha():
        return None
    alike = [other for other in known if other[:1] == term[0]]
    best = extractOne(term, alike, scorer=OSA.distance, score_cutoff=2 if len(term) >= LONG else 1)
    return best[0] if best else None
