"""A reading: one way to read a question, in one language, and how much it counts beside the others."""

from dataclasses import dataclass

from knowledge.language import detect


@dataclass(frozen=True, slots=True)
class Reading:
    """``text`` is searched as it is; ``weight`` multiplies its fused scores. ``language`` is an ISO 639-1 code.

    ``synonyms`` are, for a translation, pairs of what stands in the text and another way to say it.
    """

    text: str
    language: str
    weight: float = 1.0
    synonyms: tuple[tuple[str, str], ...] = ()


def as_readings(asked: "str | tuple[Reading, ...]") -> tuple[Reading, ...]:
    """Readings as they are; a bare text as the only one, in the language it is written in."""
    return (Reading(asked, detect(asked)),) if isinstance(asked, str) else asked
