"""Chat as server-sent events, and search."""

from collections.abc import AsyncIterator
from typing import Annotated, cast

from anyio import to_thread
from fastapi import APIRouter, Depends
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, ConfigDict, Field

from assistant.answer import as_shown
from assistant.conversations import history
from assistant.events import Cited, Delta, Done, Event, Sources, Status
from assistant.followup import readings
from assistant.question import Question, check
from assistant.writers import FIXED
from knowledge.errors import UsageError
from ui.api.conversations import Key, owned
from ui.api.event_stream import DOCUMENTED, EventStream, event
from ui.api.shapes import HitShape, HitsShape
from ui.server import problems
from ui.server.answering import InLine, answered
from ui.server.held import Held
from ui.server.service import Service
from ui.server.visitors import admitted

router = APIRouter(dependencies=[Depends(admitted)], tags=["questions"])

# Hits one search may ask for.
MOST_HITS = 100


class _Asked(BaseModel):
    """A question; what we do not know is ignored."""

    model_config = ConfigDict(extra="ignore", json_schema_extra={"examples": [{"question": "What is RAG?"}]})

    question: str
    history: list[dict[str, str]] = []
    language: str | None = None
    page_url: str | None = None


class _Chat(_Asked):
    """A question to be answered; in a conversation its turns are the history."""

    conversation_id: Annotated[str, Field(max_length=64)] | None = None
    model: str | None = None


class _Search(_Asked):
    """A question to find passages for."""

    k: int = 10


async def _to_answer(asked: _Chat, service: Held, key: Key) -> Question:
    """A visitor chooses a kind of writer, not a model of the owner's server by name."""
    if asked.model not in (None, *FIXED):
        raise UsageError(f"the model {asked.model[:40]!r} cannot be asked for here", f"one of {', '.join(FIXED)}")
    said = asked.history
    if asked.conversation_id is not None:
        said = await to_thread.run_sync(_said, service, key, asked.conversation_id)
    return check(asked.question, said, asked.language, asked.page_url)


def _said(service: Service, key: str | None, conversation_id: str) -> list[dict[str, str]]:
    owned(service, key, conversation_id)
    return history(turn.answer for turn in service.conversations.turns(key or "", conversation_id))


async def _to_find(asked: _Search) -> Question:
    return check(asked.question, asked.history, asked.language, asked.page_url)


ToAnswer = Annotated[Question, Depends(_to_answer)]
ToFind = Annotated[Question, Depends(_to_find)]


@router.post("/api/chat", operation_id="chat", response_class=StreamingResponse, responses=DOCUMENTED)
async def chat(asked: _Chat, question: ToAnswer, service: Held, key: Key, ticket: InLine) -> EventStream:
    """Stream an answer: ``meta``, ``sources``, ``delta`` and ``citation``, then ``done`` with the whole answer."""

    async def events() -> AsyncIterator[str]:
        try:
            async for made in answered(service, ticket, question, asked.model):
                if asked.conversation_id is not None and isinstance(last := made[-1], Done):
                    await to_thread.run_sync(service.conversations.add, key or "", asked.conversation_id, last.answer)
                yield "".join(map(_sent, made))
        except Exception as error:  # noqa: BLE001 (told to the reader; a bug is logged with its traceback)
            told = problems.of(error)
            yield event({"error": told.title, "hint": told.detail} | told.as_dict(), "error")

    return EventStream(events())


def _sent(made: Event) -> str:
    if isinstance(made, Status):
        return event({"status": made.text} | ({"place": made.place} if made.place else {}), "meta")
    if isinstance(made, Sources):
        return event({"hits": [hit.as_dict() | {"language": hit.language} for hit in made.hits]}, "sources")
    if isinstance(made, Delta):
        return event({"text": made.text}, "delta")
    if isinstance(made, Cited):
        return event(as_shown(made.citation), "citation")
    return event(made.answer.as_dict(), "done")


@router.post("/api/search", operation_id="search")
def search(asked: _Search, question: ToFind, service: Held) -> HitsShape:
    """The passages that fit a question, best first."""
    hits = service.assistant.searcher.search(readings(question), max(1, min(asked.k, MOST_HITS)), question.page_url)
    return {"hits": [cast("HitShape", hit.as_dict()) for hit in hits]}
