"""The gate: is this answered here? A calibrated probability from several signals, not one cosine cut-off."""

import math
from dataclasses import asdict, dataclass

from assistant.cover import Weights
from assistant.units import units
from knowledge.hit import Hit
from knowledge.terms import terms

# How many hits are looked at.
DEPTH = 5


@dataclass(frozen=True, slots=True)
class Signals:
    """``cosine``: of the nearest chunk. ``sentence``, ``passage``: the best cover of the question by one unit with its
    heading, and by one chunk with its heading. All in [0, 1] or, for a cosine, [-1, 1]."""

    cosine: float
    sentence: float
    passage: float


# Logistic regression, see benchmarks/README.md, section "Gate", for data, command and figures.
INTERCEPT = -6.0
COEFFICIENTS = {"cosine": 6.0, "sentence": 3.0, "passage": 3.0}


def signals(hits: list[Hit], weights: Weights) -> Signals:
    """What the best hits offer for a question."""
    top = hits[:DEPTH]
    every = [unit for hit in top for unit in units(hit)]
    return Signals(
        cosine=max((hit.stages.get("cosine", 0.0) for hit in hits), default=0.0),
        sentence=max((weights.cover(terms(f"{u.heading} {u.text}", u.hit.language)) for u in every), default=0.0),
        passage=max((weights.cover(terms(f"{h.title} {h.section} {h.text}", h.language)) for h in top), default=0.0),
    )


def confidence(found: Signals) -> float:
    """The probability that the articles answer the question, in (0, 1)."""
    score = INTERCEPT + sum(COEFFICIENTS[name] * value for name, value in asdict(found).items())
    return 1 / (1 + math.exp(-score))
