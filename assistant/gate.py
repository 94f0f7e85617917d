"""The gate: is this answered here? A calibrated probability from several signals, not one cosine cut-off."""

import math
from dataclasses import asdict, dataclass

from assistant.cover import Weights
from knowledge.hit import Hit
from knowledge.terms import terms

# How many hits are looked at for the cover.
DEPTH = 5


@dataclass(frozen=True, slots=True)
class Signals:
    """``cosine`` of the nearest chunk, in [-1, 1]; ``passage``: the best cover of the question by one chunk with its
    heading, in [0, 1]; ``both``: their product."""

    cosine: float
    passage: float
    both: float


# Logistic regression on the dev halves of four public sets, answerable against off-topic and unanswerable questions,
# near misses left out; figures and command in benchmarks/README.md, section "Gate". The product says that one strong
# signal is enough: "what is lora" has every word in a passage and, being short, no high cosine.
INTERCEPT = -16.52
COEFFICIENTS = {"cosine": 29.44, "passage": 16.41, "both": -25.45}


def signals(hits: list[Hit], weights: Weights) -> Signals:
    """What the best hits offer for a question."""
    passages = (terms(f"{hit.title} {hit.section} {hit.text}", hit.language) for hit in hits[:DEPTH])
    cosine = max((hit.stages.get("cosine", 0.0) for hit in hits), default=0.0)
    passage = max((weights.cover(found) for found in passages), default=0.0)
    return Signals(cosine, passage, cosine * passage)


def confidence(found: Signals) -> float:
    """The probability that the articles answer the question, in (0, 1), unrounded."""
    score = INTERCEPT + sum(COEFFICIENTS[name] * value for name, value in asdict(found).items())
    return 1 / (1 + math.exp(-score))
