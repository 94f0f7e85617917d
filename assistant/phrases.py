"""Fixed phrases of an answer, in the question's language; English where we have no other."""

PHRASES = {
    "en": {
        "refusal": "The articles on this site do not answer that.",
        "searching": "Searching {articles} articles …",
        "in_line": "Others asked first; yours is number {place} in line …",
        "model_down": "The language model did not answer ({reason}), so this answer is quoted from the articles.",
        "doubts_drop": "Left out, because the articles do not carry them: {count} of the model's sentences.",
        "doubts_mark": "Marked, because the articles do not carry them: {count} of the model's sentences.",
        "doubts_replace": "Replaced by quotations, because the articles do not carry them: {count} of the model's "
        "sentences.",
        "doubted": "not confirmed by the articles",
        "moderated": "I do not answer that. If you or somebody else is in danger, call your local emergency number.",
        "nearest": "The nearest articles",
        "not_covered": "not covered by the articles",
        "greeting": "Hello! Ask me something, and I answer from the articles on this site, with a footnote under every "
        "statement.",
        "asked_back": "I cannot tell what that is about. Please name the subject, as in “What are the advantages of "
        "…?”",
        "thanks": "You are welcome. Is there anything else you want to know from the articles?",
        "farewell": "Goodbye!",
        "self": "I am the assistant of this site, a computer programme. I answer only from its articles, put a "
        "footnote under every statement, and say so when they do not answer.",
    },
    "nl": {
        "refusal": "De artikelen op deze site beantwoorden dat niet.",
        "searching": "{articles} artikelen worden doorzocht …",
        "in_line": "Anderen gingen voor; je bent nummer {place} in de rij …",
        "model_down": "Het taalmodel antwoordde niet ({reason}), dus dit antwoord is aangehaald uit de artikelen.",
        "doubts_drop": "Weggelaten omdat de artikelen ze niet dragen: {count} van de zinnen van het model.",
        "doubts_mark": "Gemarkeerd omdat de artikelen ze niet dragen: {count} van de zinnen van het model.",
        "doubts_replace": "Vervangen door citaten omdat de artikelen ze niet dragen: {count} van de zinnen van het "
        "model.",
        "doubted": "niet bevestigd door de artikelen",
        "moderated": "Daar geef ik geen antwoord op. Is er iemand in gevaar, bel dan het alarmnummer.",
        "nearest": "De artikelen die het dichtst in de buurt komen",
        "not_covered": "niet in de artikelen",
        "greeting": "Hallo! Stel een vraag, dan antwoord ik uit de artikelen op deze site, met een voetnoot bij elke "
        "uitspraak.",
        "asked_back": "Ik kan niet zien waar dat over gaat. Noem het onderwerp erbij, zoals in “Wat zijn de voordelen "
        "van …?”",
        "thanks": "Graag gedaan. Wil je nog iets anders weten uit de artikelen?",
        "farewell": "Tot ziens!",
        "self": "Ik ben de assistent van deze site, een computerprogramma. Ik antwoord alleen uit de artikelen, zet "
        "bij elke uitspraak een voetnoot, en zeg het als ze geen antwoord geven.",
    },
}


def phrase(name: str, language: str, **values: object) -> str:
    """The phrase ``name`` in ``language``, filled with ``values``."""
    return PHRASES.get(language, PHRASES["en"])[name].format(**values)
