"""The answer and its footnotes, as every other tool gets them."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Literal, Self

SCHEMA = 1

ModelKind = Literal["extractive", "local", "closed"]


def as_shown(record: Any) -> dict[str, Any]:
    """A record's fields by name; unlike ``dataclasses.asdict`` it copies nothing below."""
    return {name: getattr(record, name) for name in record.__slots__}


@dataclass(frozen=True, slots=True)
class Citation:
    """Footnote ``n``: ``quote`` is the cleaned article's ``[start:end]``, verbatim."""

    n: int
    article_id: str
    title: str
    url: str | None
    section: str
    quote: str
    start: int
    end: int
    updated: str | None = None


@dataclass(frozen=True, slots=True)
class Nearest:
    """An article close to a question that none answers."""

    article_id: str
    title: str
    url: str | None


@dataclass(frozen=True, slots=True)
class Model:
    """Who wrote the answer."""

    kind: ModelKind
    name: str


EXTRACTIVE = Model("extractive", "extractive")


@dataclass(frozen=True, slots=True)
class Answer:
    """``confidence`` is the probability that the articles answer the question, given on refusals too.

    ``timings_ms`` has ``search``, ``first_token`` and ``total``, in milliseconds. ``note`` tells the reader why
    another writer answered than the one that was to.
    """

    question: str
    standalone_question: str
    language: str
    answered: bool
    answer: str
    citations: tuple[Citation, ...]
    nearest: tuple[Nearest, ...]
    confidence: float
    model: Model
    trace_id: str
    left_environment: bool = False
    cost_usd: float = 0.0
    timings_ms: Mapping[str, float] = field(default_factory=dict)
    note: str | None = None

    def as_dict(self) -> dict[str, Any]:
        """Plain values in the documented shape, ``schema`` first."""
        shown = as_shown(self) | {"citations": list(map(as_shown, self.citations)), "model": as_shown(self.model)}
        shown |= {"nearest": list(map(as_shown, self.nearest)), "timings_ms": dict(self.timings_ms)}
        note = shown.pop("note")
        return {"schema": SCHEMA, **shown} | ({"note": note} if note else {})

    @classmethod
    def from_dict(cls, shown: Mapping[str, Any]) -> Self:
        """The answer that ``as_dict`` showed; keys of other versions are passed over."""
        values = {known.name: shown[known.name] for known in fields(cls) if known.name in shown}
        values["citations"] = tuple(Citation(**citation) for citation in shown["citations"])
        values["nearest"] = tuple(Nearest(**near) for near in shown["nearest"])
        return cls(**values | {"model": Model(**shown["model"])})
