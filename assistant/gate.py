"""The gate: is this answered here? A calibrated probability from several signals, not one cosine cut-off."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.cover import Weights
from assistant.intent import intent_of
from assistant.lacking import unnamed, unoffered
from assistant.passage import passage_terms
from assistant.question import Question
from assistant.rated import Rated, defines
from knowledge.hit import TRANSLATED, Hit
from knowledge.searcher import Searcher

# How many hits are looked at for the cover, and how many of their units for what is asked for.
DEPTH = 5
UNITS = 3


@dataclass(frozen=True, slots=True)
class Signals:
    """``cosine`` of the nearest chunk, in [-1, 1]; ``passage``: the best cover of the question by one chunk with its
    heading, in [0, 1]; ``said``: every word of the question stands in one passage, and a question for a definition
    finds a unit that begins with its topic; ``unnamed`` and ``unoffered``: see ``assistant.lacking``; ``read``: how the
    embedder reads the question, as it stands, by a word-by-word translation, or hardly."""

    cosine: float
    passage: float
    said: bool
    unnamed: bool = False
    unoffered: bool = False
    read: Literal["", "translated", "foreign"] = ""


# Logistic regression on the dev halves of four public sets, answerable against off-topic and unanswerable questions,
# near misses left out; figures and command in benchmarks/README.md, section "Gate".
INTERCEPT = -8.88
COEFFICIENTS = {"cosine": 13.89, "passage": 3.38}
# What each thing lacking takes off the log odds.
LACKING = 1.5

# A question in a language that the embedder does not read, translated word by word by a glossary: what that costs the
# cosine comes back to the log odds. Fitted on 74 Dutch questions and 38 off-topic ones.
ROUGHLY = 1.0
# The same without a translation, where all texts of one language look alike to the embedder and the words decide more:
# logistic regression on one half of xquad_de's articles, questions about them against questions about the other half.
FOREIGN_INTERCEPT = -13.1
FOREIGN = {"cosine": 15.4, "passage": 11.3}

# A short question ("what is lora") has no high cosine with a long passage, even where that says it all. Where it is
# said, and the nearest chunk is not about something else altogether, the probability is at least this.
SAID = 0.6
SAID_COSINE = 0.2
SAID_COVER = 0.95
# A question for a definition whose every word stands in no more of the chunks finds what there is about it.
RARE = 0.01


def signals(
    question: Question, hits: list[Hit], rated: Sequence[Rated], weights: Weights, searcher: Searcher
) -> Signals:
    """What the best hits offer for a question; ``rated`` are their units."""
    top = hits[:DEPTH]
    near = _of(top, rated)
    intent = intent_of(question.text)
    read = _read(question, weights, searcher)
    stage = TRANSLATED if read == "translated" else "cosine"
    cosine = max((hit.stages.get(stage, 0.0) for hit in hits), default=0.0)
    passage = max((weights.cover(passage_terms(hit)) for hit in top), default=0.0)
    said = passage >= SAID_COVER and cosine >= SAID_COSINE
    if said and intent and intent.name == "definition":
        said = any(defines(one.unit, weights) for one in near) or 0 < searcher.share(weights.by_term) <= RARE
    best = sorted(near, key=lambda one: -one.score)[:UNITS]
    return Signals(
        cosine, passage, said,
        unnamed(question.text, question.language, top, searcher.share),
        unoffered(question.text, (one.unit for one in best)),
        read,
    )  # fmt: skip


def _of(hits: Sequence[Hit], rated: Sequence[Rated]) -> list[Rated]:
    """The units that stand in these hits."""
    chunks = {hit.chunk_id for hit in hits}
    return [one for one in rated if one.unit.hit.chunk_id in chunks]


def _read(question: Question, weights: Weights, searcher: Searcher) -> Literal["", "translated", "foreign"]:
    if question.language == "en" or searcher.embedder.multilingual:
        return ""
    return "translated" if weights.translated else "foreign"


def confidence(found: Signals) -> float:
    """The probability that the articles answer the question, in (0, 1), unrounded."""
    intercept, by = (FOREIGN_INTERCEPT, FOREIGN) if found.read == "foreign" else (INTERCEPT, COEFFICIENTS)
    score = intercept + by["cosine"] * found.cosine + by["passage"] * found.passage
    if found.read == "translated":
        score += ROUGHLY
    if found.said:
        score = max(score, math.log(SAID / (1 - SAID)))
    score -= LACKING * (found.unnamed + found.unoffered)
    return 1 / (1 + math.exp(-score))
