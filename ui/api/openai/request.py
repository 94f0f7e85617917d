"""What a client of chat completions sends, and the question in it."""

from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from assistant.question import Question, check
from ui.server.http_error import HttpError

ANSWERS = "footnote"
TASKS = "footnote-tasks"
MODELS = (ANSWERS, TASKS)

# How Open WebUI begins what it asks of a model for itself: titles, tags, follow-ups.
TASK = "### Task:"


class Message(BaseModel):
    """``content`` is a text, or parts of which those of type ``text`` are read."""

    model_config = ConfigDict(extra="ignore")

    role: str
    content: str | list[dict[str, Any]] | None = None

    @property
    def text(self) -> str:
        """All of its text."""
        if isinstance(self.content, str):
            return self.content
        parts = (part.get("text") for part in self.content or () if part.get("type") == "text")
        return "\n".join(part for part in parts if isinstance(part, str))


class StreamOptions(BaseModel):
    """Whether a last chunk tells the usage."""

    model_config = ConfigDict(extra="ignore")

    include_usage: bool | None = False


class Completion(BaseModel):
    """Body of a chat completion; fields that are not here are ignored, as ``docs/openai.md`` lists."""

    model_config = ConfigDict(extra="ignore", json_schema_extra={"examples": [
        {"model": ANSWERS, "messages": [{"role": "user", "content": "What is RAG?"}], "stream": False}
    ]})  # fmt: skip

    model: str = ANSWERS
    messages: list[Message] = Field(min_length=1)
    stream: bool | None = False
    stream_options: StreamOptions | None = None

    @property
    def task(self) -> str | None:
        """The last message, where it asks for a title or tags rather than for an answer."""
        last = self.messages[-1].text
        return last if known_model(self.model) == TASKS or last.startswith(TASK) else None

    def question(self) -> Question:
        """The last message of the user, with the turns before it.

        Raises:
            BadQuestion: see ``assistant.question.check``; without any message of the user it is empty.
        """
        said = [turn for turn in _turns(self.messages) if turn["content"]]
        last = max((n for n, turn in enumerate(said) if turn["role"] == "user"), default=None)
        return check("", ()) if last is None else check(said[last]["content"], said[:last])


def known_model(name: str) -> str:
    """``name``, where it is one of ours.

    Raises:
        HttpError: 404, it is not.
    """
    if name not in MODELS:
        raise HttpError(404, f"there is no model {name[:40]!r}", f"one of {', '.join(MODELS)}")
    return name


def _turns(messages: Sequence[Message]) -> list[dict[str, str]]:
    """What user and assistant said; instructions to a model and results of tools are no part of a conversation here."""
    return [{"role": one.role, "content": one.text} for one in messages if one.role in ("user", "assistant")]
