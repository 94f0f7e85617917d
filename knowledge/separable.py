"""Separable verbs of Dutch: "pak ik het aan" and "aan te pakken" are forms of "aanpakken"."""

import re
from collections.abc import Collection, Iterator, Sequence

# What may stand apart from its verb.
PARTICLES = {"nl": frozenset("aan af bij door in mee na om op over terug toe uit weg".split())}  # noqa: SIM905


def joined(found: Sequence[str], verbs: Collection[str], language: str) -> list[str]:
    """``found`` with every form of one of ``verbs`` that stands in two as its infinitive, in the place of the verb."""
    words = list(found)
    for at, particle in enumerate(found):
        if particle in PARTICLES.get(language, ()) and (verb := _verb(words, at, verbs)):
            place, infinitive = verb
            words[place], words[at] = infinitive, ""
    return [word for word in words if word]


def _verb(words: Sequence[str], at: int, verbs: Collection[str]) -> tuple[int, str] | None:
    """Place and infinitive of the verb whose particle stands ``at``: behind "te", else the nearest one before it."""
    behind = words[at + 1 : at + 2] == ["te"]
    for place in [at + 2] if behind else range(at - 1, -1, -1):
        for infinitive in _infinitives(words[place]) if place < len(words) else ():
            if words[at] + infinitive in verbs:
                return place, words[at] + infinitive
    return None


def _infinitives(form: str) -> Iterator[str]:
    """What a form of the present may be the infinitive of: "pakken", "pak", "pakt"; "geven" of "geeft"."""
    yield form
    for base in dict.fromkeys((form, form.removesuffix("t"))):
        short = re.sub(r"(a|e|o|u)\1([^aeiou])$", r"\1\2", base)
        for one in (short, base, base + base[-1:]):
            yield one + "en"
            if one.endswith(("f", "s")):
                yield one[:-1] + {"f": "v", "s": "z"}[one[-1]] + "en"
