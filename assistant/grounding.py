"""Grounding: does the cited passage carry a sentence that a model wrote? Checked sentence by sentence as it streams.

Figures and names are told by their form and have to occur in a cited passage. For the rest the sentence is compared
with it: the share of its terms that occur there, and the cosine to the nearest quoted sentence; their mean decides.
"""

import re
from collections.abc import Sequence

import numpy as np

from assistant.piece import Piece
from assistant.support import supported
from knowledge.hit import Hit
from knowledge.language import NOUNS_HAVE_CAPITALS, detect
from knowledge.reading import Reading
from knowledge.searcher import Searcher
from knowledge.terms import terms

# The least mean of lexical and embedding support; figures and command in benchmarks/README.md, section "Support".
LEAST = 0.5

WORD = re.compile(r"[^\W_](?:[\w.&+'’/-]*\w)?")
POSSESSIVE = re.compile(r"['’]s$")
# GPT-4, LLaMA, MIT, A100, Apache-2.0: names in any language, wherever they stand.
MARKED = re.compile(r"\w+[A-Z]\w*|.*(?:[^\W\d_].*\d|\d.*[^\W\d_]).*")


class Grounding:
    """The check, over the embedder and the glossaries of a search."""

    def __init__(self, searcher: Searcher) -> None:
        self._searcher = searcher

    def doubt(self, piece: Piece) -> str | None:
        """Why the sentence must not stand as it is, in a few words; None when its evidence carries it."""
        if not piece.evidence:
            return "no footnote"
        if not supported(piece):
            return "a figure the passage lacks"
        language, hits = detect(piece.text), [one.hit for one in piece.evidence]
        if names(piece.text, language, {hit.language for hit in hits}) - _words(hits):
            return "a name the passage lacks"
        return None if self.score(piece, language) >= LEAST else "not what the passage says"

    def translated(self, reading: Reading) -> list[Reading]:
        """A text, and its translations into the languages of the articles."""
        return self._searcher.translated([reading])

    def score(self, piece: Piece, language: str) -> float:
        """Support in [0, 1], in the language in which that is most."""
        hits = [one.hit for one in piece.evidence]
        there = {term for hit in hits for term in terms(f"{hit.title} {hit.section} {hit.text}", hit.language)}
        readings = self.translated(Reading(piece.text, language))
        vectors = self._searcher.embedder.embed_passages(
            [*(reading.text for reading in readings), *(one.quote for one in piece.evidence)]
        )
        cosines = vectors[: len(readings)] @ vectors[len(readings) :].T
        shares = [_share(terms(reading.text, reading.language), there) for reading in readings]
        return float(np.max((np.array(shares) + np.clip(cosines.max(axis=1), 0, 1)) / 2))


def names(text: str, language: str, passages: set[str]) -> set[str]:
    """The names in a text, in lower case: by their form, and by a capital that begins no sentence.

    A capital tells nothing in German, and nothing about passages in another language: "Europese Unie".
    """
    found, begins = set(), True
    capitals = passages == {language} and language not in NOUNS_HAVE_CAPITALS
    for match in WORD.finditer(text):
        word = POSSESSIVE.sub("", match[0])
        if MARKED.fullmatch(word) or (capitals and not begins and word[0].isupper() and len(word) > 1):
            found.add(word.casefold())
        begins = bool(re.match(r"[.:!?]?[\s\"“‘(]*[.:!?\"“‘(]", text[match.end() : match.end() + 3]))
    return found


def _words(hits: Sequence[Hit]) -> set[str]:
    """All words of the passages, in lower case, and the parts of those with a hyphen or a stop in them."""
    words = {
        POSSESSIVE.sub("", match[0]).casefold()
        for hit in hits
        for match in WORD.finditer(f"{hit.title} {hit.section} {hit.text}")
    }
    return words | {part for word in words for part in re.split(r"[./&-]", word)}


def _share(said: Sequence[str], there: set[str]) -> float:
    """The share of terms that occur; of a sentence without any, nothing is known to be there."""
    return sum(term in there for term in said) / len(said) if said else 0.0
