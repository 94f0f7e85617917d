"""A case: one question or conversation with what a right answer needs; and a suite of them."""

from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class Case(BaseModel):
    """``articles`` are alternatives: each of them may be cited. ``facts`` are all needed.

    Either ``question`` or ``turns`` (what the visitor typed, oldest first; the last one is judged). ``versions`` has
    the digests of articles as they were when the case was drafted, see ``evals.stale``.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Text
    question: Text | None = None
    turns: tuple[Text, ...] = ()
    language: str = Field(pattern=r"^[a-z]{2}$")
    articles: tuple[Text, ...] = ()
    facts: tuple[Text, ...] = ()
    answerable: bool
    tags: tuple[Text, ...] = ()
    versions: dict[str, str] = {}

    @model_validator(mode="after")
    def _consistent(self) -> "Case":
        if bool(self.question) == bool(self.turns):
            raise ValueError("needs either a question or turns")
        if self.answerable and not (self.articles and self.facts):
            raise ValueError("is answerable and lacks articles or facts")
        if not self.answerable and self.facts:
            raise ValueError("is not answerable and yet has facts")
        return self

    @property
    def asked(self) -> str:
        """What is asked in the end."""
        return self.question or self.turns[-1]


class Suite(BaseModel):
    """``knowledge`` is the folder whose articles the cases ask about."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Text
    knowledge: Path
    cases: tuple[Case, ...] = Field(min_length=1)
