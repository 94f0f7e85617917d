"""Terms: the stemmed words of a text, as the full-text index and the word signals see them.

Stemmers are Snowball's (https://snowballstem.org), stop words our own short lists. Hyphens split, accents
fall, digits stay: "GPT-4's open-source" gives ``gpt 4 open sourc``.
"""

import re
import unicodedata
from functools import cache, lru_cache

from knowledge.stop_words import STOP_WORDS

SNOWBALL = {
    "ar": "arabic", "da": "danish", "de": "german", "el": "greek", "en": "english", "es": "spanish",
    "fi": "finnish", "fr": "french", "hu": "hungarian", "it": "italian", "nl": "dutch", "no": "norwegian",
    "pt": "portuguese", "ro": "romanian", "ru": "russian", "sv": "swedish", "tr": "turkish",
}  # fmt: skip

JARGON = "en"

# Stems that are kept, some 250 bytes each. With four times as many, terms of 880,000 words of many subjects take 2.2
# instead of 3.0 seconds, and 14 MB more.
STEMS = 16_384
# Passages whose terms are kept, some 10 kB each.
PASSAGES = 4096

WORD = re.compile(r"[^\W_]+")
POSSESSIVE = re.compile(r"['’]s\b")


def words(text: str) -> list[str]:
    """Lower-case words without accents, in order."""
    lower = POSSESSIVE.sub("", text).lower()
    if lower.isascii():
        return WORD.findall(lower)
    plain = unicodedata.normalize("NFKD", lower)
    for mark in filter(unicodedata.combining, set(plain)):
        plain = plain.replace(mark, "")
    return WORD.findall(plain)


def terms(text: str, language: str) -> list[str]:
    """Stems of the words that carry meaning, in order, repeats kept."""
    stop = _stop_words(language)
    return [stem(word, language) for word in words(text) if word not in stop]


def said(text: str, language: str) -> frozenset[str]:
    """The terms of a text; outside English the English ones too, for its jargon is ("closed source", "prompts")."""
    return frozenset(terms(text, language) + (terms(text, JARGON) if language != JARGON else []))


@lru_cache(maxsize=PASSAGES)
def term_set(text: str, language: str) -> frozenset[str]:
    """What a passage says, kept for the next question that finds it."""
    return said(text, language)


def is_stop_word(word: str, language: str) -> bool:
    """Says ``word`` (as ``words`` gives it) nothing about what a text is about?"""
    return word in _stop_words(language)


@lru_cache(maxsize=STEMS)
def stem(word: str, language: str) -> str:
    """The Snowball stem of a word; the word itself in a language without a stemmer."""
    if language not in SNOWBALL:
        return word
    import snowballstemmer

    return str(snowballstemmer.stemmer(SNOWBALL[language]).stemWord(word))  # a new one, since it is not for two threads


@cache
def _stop_words(language: str) -> frozenset[str]:
    """Without accents, as ``words`` gives them."""
    return frozenset(plain for word in STOP_WORDS.get(language, ()) for plain in words(word))
