"""Lacking: what a question asks for and the passages do not have, which tells a near miss from an answer.

A passage may be about what is asked and yet not say it. Two things show it without a model: a name in the question
("in the Netherlands", "GPT-4") that no passage has, and a price, an amount or a year where no sentence offers one.
"""

import re
from collections.abc import Callable, Collection, Iterable, Sequence

from assistant.passage import passage_terms
from assistant.units import Unit
from knowledge.hit import Hit
from knowledge.language import NOUNS_HAVE_CAPITALS
from knowledge.spelling import nearest
from knowledge.terms import terms

# A word inside a sentence.
WORD = re.compile(r"(?<![.!?:]\s)(?<=\s)[\"'“‘(]?(\w[\w.'’-]*\w|\w)")
# What makes it a name: a capital, figures behind a hyphen ("gpt-4"), or that it is a year.
NAME = re.compile(r".*[A-Z]|.*-.*\d|\d{4}$")
# A name in more of the chunks than this is what the site is about, and goes without saying.
GOES_WITHOUT_SAYING = 0.05

NUMBER_WORDS = (
    "one two three four five six seven eight nine ten eleven twelve dozen hundred thousand million billion half third "
    "quarter twice once none no single both only several many few een twee drie vier vijf zes zeven acht negen tien "
    "honderd duizend miljoen miljard half derde kwart geen enkele veel weinig"
)
MONEY = r"[$€£¥]|\b(dollars?|euros?|pounds?|cents?|free|gratis|million|billion|miljoen|miljard)\b"
PRICE = r"\b(cost|costs|price|charges?|pay|paid|kost|kosten|gekost|prijs|betaal\w*)\b"
# What costs something else than money.
NO_PRICE = "electricity|energy|power|water|time|effort|memory|computation|stroom|energie|tijd|moeite|geheugen"

# What asks, and what a sentence that offers it has.
DEMANDS = tuple(
    (re.compile(asks, re.IGNORECASE), re.compile(offers, re.IGNORECASE))
    for asks, offers in (
        (rf"^(?!.*\b({NO_PRICE})\b).*{PRICE}", MONEY),
        (r"\b(how many|how much|what percentage|hoeveel)\b", rf"\d|\b({'|'.join(NUMBER_WORDS.split())})\b"),
        (r"\b(what|which|welk) (year|jaar)\b|^(when|wanneer) (did|was|were|werd|werden)\b", r"\d"),
    )
)


def names(question: str, language: str) -> list[str]:
    """The names in a question, as written; none in one that is written in capitals throughout.

    Where nouns have capitals only words with a digit are names.
    """
    long = [word for word in question.split() if len(word) > 3]
    if all(word[0].isupper() for word in long):
        return []
    found = (match[1] for match in WORD.finditer(question) if NAME.match(match[1]))
    return [name for name in found if language not in NOUNS_HAVE_CAPITALS or any(c.isdigit() for c in name)]


def unnamed(question: str, language: str, hits: Sequence[Hit], share: Callable[[Iterable[str]], float]) -> bool:
    """Is there a name in the question that none of the hits has?

    ``share`` tells in what share of all chunks the most frequent of some terms stands. Names are looked for where the
    best hit is in the question's language; another language may write them differently.
    """
    if not hits or hits[0].language != language:
        return False
    there = frozenset[str]().union(*map(passage_terms, hits))
    parts = (terms(name, language) for name in names(question, language))
    return any(_absent(name, there) and share(name) <= GOES_WITHOUT_SAYING for name in parts if name)


def _absent(name: Sequence[str], there: Collection[str]) -> bool:
    """A name with figures is there when all its parts are, another one when any is, typos allowed."""
    found = [term in there or nearest(term, there) is not None for term in name]
    return not (all(found) if any(c.isdigit() for part in name for c in part) else any(found))


def unoffered(question: str, units: Iterable[Unit]) -> bool:
    """Does the question ask for a price, an amount or a year, and none of the units has one?"""
    offers = next((offers for asks, offers in DEMANDS if asks.search(question)), None)
    return offers is not None and not any(offers.search(unit.text) for unit in units)
