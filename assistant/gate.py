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
    heading, in [0, 1]."""

    cosine: float
    passage: float


# Logistic regression on the dev halves of four public sets, answerable against off-topic and unanswerable questions,
# near misses left out; figures and command in benchmarks/README.md, section "Gate". A third signal, the best cover by a
# single sentence, added nothing to these two.
INTERCEPT = -8.67
COEFFICIENTS = {"cosine": 13.29, "passage": 3.7}


def signals(hits: list[Hit], weights: Weights) -> Signals:
    """What the best hits offer for a question."""
    passages = (terms(f"{hit.title} {hit.section} {hit.text}", hit.language) for hit in hits[:DEPTH])
    return Signals(
        cosine=max((hit.stages.get("cosine", 0.0) for hit in hits), default=0.0),
        passage=max((weights.cover(passage) for passage in passages), default=0.0),
    )


def confidence(found: Signals) -> float:
    """The probability that the articles answer the question, in (0, 1), unrounded."""
    score = INTERCEPT + sum(COEFFICIENTS[name] * value for name, value in asdict(found).items())
    return 1 / (1 + math.exp(-score))
