"""Why a model failed, as a visitor reads it: the words of ``ModelFailed.reason`` in the language of the question."""

REASONS = {
    "nl": {
        "answer cut off": "antwoord afgebroken",
        "articles stay here": "de artikelen blijven hier",
        "budget spent": "budget op",
        "busy": "te druk",
        "connection lost": "verbinding verbroken",
        "crashed": "vastgelopen",
        "empty answer": "leeg antwoord",
        "endless answer": "eindeloos antwoord",
        "failed": "mislukt",
        "garbled answer": "onleesbaar antwoord",
        "key refused": "sleutel geweigerd",
        "model missing": "model ontbreekt",
        "no closed model": "geen gesloten model",
        "no local model": "geen lokaal model",
        "not loaded": "niet geladen",
        "prompt cut off": "vraag afgekapt",
        "prompt too long": "vraag te lang",
        "rate limited": "te veel verzoeken",
        "refused the request": "verzoek geweigerd",
        "resting": "rust even uit",
        "stopped": "gestopt",
        "timed out": "te lang stil",
        "unreachable": "onbereikbaar",
    },
}


def reason_in(language: str, reason: str) -> str:
    """The reason in ``language`` (ISO 639-1); in English where we have no other."""
    return REASONS.get(language, {}).get(reason, reason)
