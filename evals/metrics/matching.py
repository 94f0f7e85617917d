"""Does a text say a fact? By its words, without a model."""

from collections.abc import Iterable

from knowledge.figures import figures, without_thousands
from knowledge.language import detect
from knowledge.plain import plain
from knowledge.terms import terms, words


def normal(text: str) -> str:
    """Lower-case words in order, marks and accents gone; ``8,0%`` and ``8.0 %`` are the same, so are 1,500 and 1500.

    >>> normal("The **Lead** fell to 1,500 — from 8,0%.")
    'the lead fell to 1500 from 8 0'
    """
    return " ".join(words(without_thousands(plain(text))))


def says(text: str, fact: str) -> bool:
    """Do the words of ``fact`` stand in ``text``, in order and side by side?

    >>> says("About 415 terawatt-hours were used.", "415 Terawatt hours")
    True
    """
    return f" {normal(fact)} " in f" {normal(text)} "


def cover(text: str, fact: str) -> float:
    """The share of the fact's terms that occur in ``text``, in [0, 1]; 0 when a figure is missing.

    >>> cover("Removing one ability blocks the theft", "the theft is blocked")
    1.0
    """
    if not figures(fact) <= figures(text):
        return 0.0
    language = detect(fact)
    there, wanted = set(terms(text, language)), set(terms(fact, language))
    return len(wanted & there) / len(wanted) if wanted else float(says(text, fact))


def best_cover(texts: Iterable[str], fact: str) -> float:
    """The best of ``cover`` over several texts."""
    return max((cover(text, fact) for text in texts), default=0.0)
