"""Glossaries: a question translated word by word, so that it finds articles in another language.

Dictionary-based cross-language retrieval (Pirkola 1998; Hedlund et al. 2004 for compounds): words and phrases are
looked up as they are and by their stems, the longest phrase first; a compound that is not listed is taken apart into
listed words; a word that stays unknown is kept, for names and jargon are the same in both languages.

A glossary is a text file named by its two languages, ``nl-en.txt``: a line ``word = translation, second translation``
for each entry, ``#`` before remarks. One of the same name in the data folder adds to the bundled one and wins over it.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib import resources
from pathlib import Path

from knowledge.reading import Reading
from knowledge.separable import joined
from knowledge.terms import is_stop_word, stem, words

FOLDER = "glossaries"

# Letters that join the parts of a compound, in Dutch and German: "bedrijf-s-data", "risico-'s".
LINKS = ("", "s", "en", "e", "n", "es", "er")
SHORTEST_PART = 3
# What looks like a word at the start or end of others, and is none there ("ver-kopen", "vrouwe-lijk").
AFFIXES = frozenset({"ver", "lijk", "lijke", "lijken", "rijk", "rijke", "lingen"})
# Endings that make another word ("over", "overheid"; "voordeel", "voordelig"), not another form of the same.
DERIVED = re.compile(r"(?:(?P<heid>heid|heden)|(?P<lijk>lijke?)|(?P<baar>baar|bare)|(?P<ig>ige?))$")

# What a translation counts beside the original. Of 40 Dutch questions about English articles 1 has the right article
# first for .825, 2 for .900; but questions that only a Dutch article among English ones answers lose, the more so
# the more it counts (9, 7, 6 of 10 at 1, 1.5, 2).
WEIGHT = 1.5

Key = tuple[str, ...]
Translations = tuple[str, ...]


@dataclass(frozen=True)
class Glossary:
    """``exact``: the words of an entry to its translations, best first; ``stemmed``: the same by their stems."""

    source: str
    target: str
    exact: Mapping[Key, Translations]
    stemmed: Mapping[Key, Translations]

    def translate(self, text: str) -> list[Translations]:
        """Translations of each word or phrase of ``text`` in order; other function words are left out."""
        found, made, at = joined(words(text), self._verbs, self.source), list[Translations](), 0
        while at < len(found):
            length, translations = self._longest(found[at : at + self._most])
            if length > 1 or not is_stop_word(found[at], self.source):
                made += [translations] if translations else self._parts(found[at]) or [(found[at],)]
            at += max(length, 1)
        return made

    @cached_property
    def _verbs(self) -> frozenset[str]:
        """The listed words that may be infinitives."""
        return frozenset(key[0] for key in self.exact if len(key) == 1 and key[0].endswith("n"))

    def _longest(self, following: Sequence[str]) -> tuple[int, Translations | None]:
        """The longest listed phrase that these words begin with: how many words, and its translations."""
        lengths = range(len(following), 0, -1)
        found = ((length, self._listed(tuple(following[:length]))) for length in lengths)
        return next((one for one in found if one[1]), (0, None))

    def _parts(self, word: str) -> list[Translations]:
        """Of the listed words that ``word`` is made of, the longest possible last one deciding; empty when of none."""
        for at in range(SHORTEST_PART, len(word) - SHORTEST_PART + 1):
            head = self._part(word[at:])
            if head is None:
                continue
            first = next((found for part in _unlinked(word[:at]) if (found := self._part(part))), None)
            before = [first] if first else self._parts(word[:at])
            if before:
                return [*before, head]
        return []

    def _part(self, part: str) -> Translations | None:
        """The entry of a part of a compound; none for an affix, or for what has hardly a stem ("-eren")."""
        if part in AFFIXES or len(stem(part, self.source)) < SHORTEST_PART:
            return None
        return self._listed((part,))

    def _listed(self, phrase: Key) -> Translations | None:
        """The entry of exactly these words, else of these stems: the stemmer takes some words for others."""
        return self.exact.get(phrase) or self.stemmed.get(_stems(phrase, self.source))

    @cached_property
    def _most(self) -> int:
        return max((len(key) for key in self.exact), default=0)


def _stems(phrase: Key, language: str) -> Key:
    """The stems, each with the ending that makes another word of it, which the stemmer takes off too."""
    return tuple(stem(word, language) + _derived(word) for word in phrase)


def _derived(word: str) -> str:
    found = DERIVED.search(word)
    return f"-{found.lastgroup}" if found else ""


def _unlinked(part: str) -> list[str]:
    """``part`` as it is, then without each linking element it may end in."""
    cut = [part.removesuffix(link) for link in LINKS if part.endswith(link)]
    return [part for part in cut if len(part) >= SHORTEST_PART]


def parse(lines: Iterable[str]) -> dict[Key, Translations]:
    """Entries of a glossary's lines; of two for the same word the later one counts."""
    entries = {}
    for line in lines:
        word, equals, translations = line.partition("=")
        made = tuple(part.strip() for part in translations.split(",") if part.strip())
        if equals and made and (key := tuple(words(word))) and not line.lstrip().startswith("#"):
            entries[key] = made
    return entries


def make(source: str, target: str, lines: Iterable[str]) -> Glossary:
    """A glossary out of its lines; of two words with one stem the later one has it."""
    exact = parse(lines)
    return Glossary(source, target, exact, {_stems(key, source): made for key, made in exact.items()})


class Glossaries:
    """The bundled glossaries and those in the data ``folder``; each is read when it is first needed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / FOLDER
        self._read: dict[tuple[str, str], Glossary | None] = {}

    def translations(self, reading: Reading, spoken: Sequence[str]) -> list[Reading]:
        """``reading`` in each of the ``spoken`` languages that it is not in and that a glossary leads to."""
        pairs = [(reading.language, target) for target in spoken if target != reading.language]
        return [_translated(reading, glossary) for pair in pairs if (glossary := self._glossary(pair))]

    def _glossary(self, pair: tuple[str, str]) -> Glossary | None:
        if pair not in self._read:
            name = f"{pair[0]}-{pair[1]}.txt"
            bundled = resources.files("knowledge").joinpath(FOLDER, name)
            files = [file for file in (bundled, self._folder / name) if file.is_file()]
            lines = [line for file in files for line in file.read_text(encoding="utf-8-sig").splitlines()]
            self._read[pair] = make(*pair, lines) if lines else None
        return self._read[pair]


def _translated(reading: Reading, glossary: Glossary) -> Reading:
    found = glossary.translate(reading.text)
    synonyms = tuple((best, other) for best, *others in found for other in others)
    return Reading(" ".join(best for best, *_ in found), glossary.target, WEIGHT * reading.weight, synonyms)
