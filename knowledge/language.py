"""Which language a text is in, as an ISO 639-1 code.

py3langid decides (Naive Bayes over byte n-grams, model inside the package). It is unsure of two words, so
a short text counts as the default language unless the evidence is clear.
"""

from functools import cache
from typing import Any

from knowledge.stop_words import STOP_WORDS
from knowledge.terms import SNOWBALL, words

DEFAULT = "en"

# Where every noun begins with a capital, one tells no name.
NOUNS_HAVE_CAPITALS = frozenset({"de"})

# Log-probability by which another language must beat the default. Of 24 one- to five-word questions in English and
# Dutch, wrong guesses stayed under 7.5 ("ollama install" as Spanish). A text with more function words of a language
# than of the default may fall short by some: "Wat is retrieval-augmented generation (RAG)?" does by 12.
CLEAR = 8.0
SPOKEN = -20.0


def detect(text: str) -> str:
    """The language of ``text``; ``DEFAULT`` when there is no telling."""
    ranked = {language: float(score) for language, score in _identifier().rank(text[:2000])}
    said = set(words(text))
    needed = {language: SPOKEN if _speaks(said, language) else CLEAR for language in ranked}
    likely = [language for language in ranked if ranked[language] - ranked[DEFAULT] > needed[language]]
    return max(likely, key=lambda language: ranked[language] - needed[language], default=DEFAULT)


def _speaks(said: set[str], language: str) -> bool:
    """Are more of these words function words of ``language`` than of the default?"""
    return len(said & STOP_WORDS.get(language, frozenset())) > len(said & STOP_WORDS[DEFAULT])


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(sorted(SNOWBALL.keys() & set(identifier.labels)))
    identifier._full_model = None  # 27 MiB of the languages that are left out
    return identifier
