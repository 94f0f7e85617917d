"""Chat as server-sent events, and search."""

from collections.abc import AsyncIterable
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from fastapi.sse import EventSourceResponse, ServerSentEvent
from pydantic import BaseModel, ConfigDict

from assistant.events import Cited, Delta, Event, Sources, Status
from assistant.followup import readings
from assistant.question import Question, check
from assistant.writers import FIXED
from knowledge.errors import UsageError
from ui.api import problems
from ui.api.held import Held
from ui.server.answering import InLine, answered
from ui.server.visitors import admitted

router = APIRouter()


class _Asked(BaseModel):
    """Body of a question; what we do not know is ignored."""

    model_config = ConfigDict(extra="ignore")

    question: str
    history: list[dict[str, str]] = []
    language: str | None = None
    page_url: str | None = None
    model: str | None = None
    k: int = 10


def _question(asked: _Asked) -> Question:
    """A visitor chooses a kind of writer, not a model of the owner's server by name."""
    if asked.model not in (None, *FIXED):
        raise UsageError(f"the model {asked.model[:40]!r} cannot be asked for here", f"one of {', '.join(FIXED)}")
    return check(asked.question, asked.history, asked.language, asked.page_url)


Checked = Annotated[Question, Depends(_question)]


@router.post("/api/chat", response_class=EventSourceResponse, dependencies=[Depends(admitted)])
async def chat(asked: _Asked, question: Checked, service: Held, ticket: InLine) -> AsyncIterable[ServerSentEvent]:
    """Stream an answer: ``meta``, ``sources``, ``delta`` and ``citation``, then ``done`` with the whole answer."""
    try:
        async for event in answered(service, ticket, question, asked.model):
            yield _sent(event)
    except Exception as error:  # noqa: BLE001 (told to the reader; a bug is logged with its traceback)
        told = problems.of(error)
        yield ServerSentEvent(event="error", data={"error": told.title, "hint": told.detail} | told.as_dict())


def _sent(event: Event) -> ServerSentEvent:
    if isinstance(event, Status):
        return ServerSentEvent(
            event="meta", data={"status": event.text} | ({"place": event.place} if event.place else {})
        )
    if isinstance(event, Sources):
        return ServerSentEvent(
            event="sources", data={"hits": [hit.as_dict() | {"language": hit.language} for hit in event.hits]}
        )
    if isinstance(event, Delta):
        return ServerSentEvent(event="delta", data={"text": event.text})
    if isinstance(event, Cited):
        return ServerSentEvent(event="citation", data=event.citation)
    return ServerSentEvent(event="done", data=event.answer.as_dict())


@router.post("/api/search", dependencies=[Depends(admitted)])
def search(asked: _Asked, question: Checked, service: Held) -> dict[str, Any]:
    """The passages that fit a question, best first."""
    hits = service.assistant.searcher.search(readings(question), max(1, min(asked.k, 100)), question.page_url)
    return {"hits": [hit.as_dict() for hit in hits]}
