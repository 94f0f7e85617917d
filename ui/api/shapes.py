"""The documented shapes of answers and hits, for OpenAPI and for tools; ``as_dict`` of each makes them."""

from typing import NotRequired

from typing_extensions import TypedDict

from assistant.answer import Citation, Model, Nearest


class AnswerShape(TypedDict):
    """See ``assistant.answer.Answer``."""

    schema: int
    question: str
    standalone_question: str
    language: str
    answered: bool
    answer: str
    citations: list[Citation]
    nearest: list[Nearest]
    confidence: float
    model: Model
    trace_id: str
    left_environment: bool
    cost_usd: float
    timings_ms: dict[str, float]
    note: NotRequired[str]


class HitShape(TypedDict):
    """See ``knowledge.hit.Hit``."""

    article_id: str
    url: str | None
    title: str
    section: str
    chunk_id: str
    text: str
    start: int
    end: int
    score: float


class HitsShape(TypedDict):
    """What a search found, best first."""

    hits: list[HitShape]
