"""Fixed phrases of an answer, in the question's language; English where we have no other."""

PHRASES = {
    "en": {
        "refusal": "The articles on this site do not answer that.",
        "searching": "Searching {articles} articles …",
        "model_down": "The language model did not answer ({reason}), so this answer is quoted from the articles.",
        "nearest": "The nearest articles",
    },
    "nl": {
        "refusal": "De artikelen op deze site beantwoorden dat niet.",
        "searching": "{articles} artikelen worden doorzocht …",
        "model_down": "Het taalmodel antwoordde niet ({reason}), dus dit antwoord is aangehaald uit de artikelen.",
        "nearest": "De artikelen die het dichtst in de buurt komen",
    },
}


def phrase(name: str, language: str, **values: object) -> str:
    """The phrase ``name`` in ``language``, filled with ``values``."""
    return PHRASES.get(language, PHRASES["en"])[name].format(**values)
