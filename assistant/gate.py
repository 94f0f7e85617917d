"""The gate: is this answered here? A calibrated probability from several signals, not one cosine cut-off."""

import math
from dataclasses import dataclass

from assistant.cover import Weights
from assistant.intent import Intent
from assistant.rated import defines
from assistant.units import units
from knowledge.hit import Hit
from knowledge.terms import terms

# How many hits are looked at for the cover.
DEPTH = 5


@dataclass(frozen=True, slots=True)
class Signals:
    """``cosine`` of the nearest chunk, in [-1, 1]; ``passage``: the best cover of the question by one chunk with its
    heading, in [0, 1]; ``said``: every word of the question stands in one passage, and a question for a definition
    finds a unit that begins with its topic."""

    cosine: float
    passage: float
    said: bool


# Logistic regression on the dev halves of four public sets, answerable against off-topic and unanswerable questions,
# near misses left out; figures and command in benchmarks/README.md, section "Gate".
INTERCEPT = -8.88
COEFFICIENTS = {"cosine": 13.89, "passage": 3.38}

# A short question ("what is lora") has no high cosine with a long passage, even where that says it all. Where it is
# said, and the nearest chunk is not about something else altogether, the probability is at least this.
SAID = 0.6
SAID_COSINE = 0.2
SAID_COVER = 0.95


def signals(hits: list[Hit], weights: Weights, intent: Intent | None) -> Signals:
    """What the best hits offer for a question."""
    top = hits[:DEPTH]
    passages = (terms(f"{hit.title} {hit.section} {hit.text}", hit.language) for hit in top)
    cosine = max((hit.stages.get("cosine", 0.0) for hit in hits), default=0.0)
    passage = max((weights.cover(found) for found in passages), default=0.0)
    said = passage >= SAID_COVER and cosine >= SAID_COSINE
    if said and intent and intent.name == "definition":
        said = any(defines(unit, weights) for hit in top for unit in units(hit))
    return Signals(cosine, passage, said)


def confidence(found: Signals) -> float:
    """The probability that the articles answer the question, in (0, 1), unrounded."""
    score = INTERCEPT + COEFFICIENTS["cosine"] * found.cosine + COEFFICIENTS["passage"] * found.passage
    fitted = 1 / (1 + math.exp(-score))
    return max(fitted, SAID) if found.said else fitted
