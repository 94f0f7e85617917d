"""Conversations kept on the server, each for the visitor who has its key; nobody else learns that it is there."""

from dataclasses import asdict
from typing import Annotated, Any, cast

from fastapi import APIRouter, Depends, Header, Response
from typing_extensions import TypedDict

from assistant.conversations import Conversation, new_key
from knowledge.errors import UsageError
from ui.api.shapes import AnswerShape
from ui.server.held import Held
from ui.server.http_error import HttpError
from ui.server.service import Service
from ui.server.visitors import admitted

router = APIRouter(prefix="/api/conversations", dependencies=[Depends(admitted)], tags=["conversations"])

KEY_HEADER = "X-Footnote-Key"
# 122 random bits in hexadecimal or base64 have more; what is shorter may be guessed.
SHORTEST_KEY = 22

# How the other routes go on from a conversation that was begun, for OpenAPI.
_OWN = {"path.conversation_id": "$response.body#/conversation_id", f"header.{KEY_HEADER}": "$response.body#/key"}
_ASKED = {"question": "What is RAG?", "conversation_id": "$response.body#/conversation_id"}
LINKS: dict[str, Any] = {
    "read": {"operationId": "read_conversation", "parameters": _OWN},
    "delete": {"operationId": "delete_conversation", "parameters": _OWN},
    "list": {"operationId": "list_conversations", "parameters": {f"header.{KEY_HEADER}": "$response.body#/key"}},
    "ask": {
        "operationId": "chat",
        "parameters": {f"header.{KEY_HEADER}": "$response.body#/key"},
        "requestBody": _ASKED,
    },
}


class Begun(TypedDict):
    """``key`` reads, goes on with and deletes the conversation; it is told here only."""

    conversation_id: str
    key: str


class Summary(TypedDict):
    """``created`` and ``changed`` are ISO 8601 in UTC; the title is the first question."""

    conversation_id: str
    title: str
    created: str
    changed: str


class Said(TypedDict):
    """One question with its answer."""

    at: str
    answer: AnswerShape


class Whole(Summary):
    """A conversation with its turns, oldest first."""

    turns: list[Said]


class Listed(TypedDict):
    """The conversations of one key, the last one first."""

    conversations: list[Summary]


async def _key(key: Annotated[str | None, Header(alias=KEY_HEADER, max_length=200)] = None) -> str | None:
    if key is not None and len(key) < SHORTEST_KEY:
        raise UsageError(f"the {KEY_HEADER} is too short to be a secret", "send none, and take the one that is given")
    return key


Key = Annotated[str | None, Depends(_key)]


def owned(service: Service, key: str | None, conversation_id: str) -> Conversation:
    """The conversation, where the key is its own.

    Raises:
        HttpError: 404, also for a conversation of somebody else.
    """
    found = service.conversations.find(key, conversation_id) if key else None
    if found is None:
        raise HttpError(404, "there is no such conversation", f"send the {KEY_HEADER} that it was begun with")
    return found


@router.post("", operation_id="begin_conversation", status_code=201, responses={201: {"links": LINKS}})
def begin(service: Held, key: Key) -> Begun:
    """Begin a conversation, under your key or a new one; ``/api/chat`` takes its id."""
    if not service.conversations.kept:
        raise HttpError(404, "conversations are not kept here", "send the history with each question")
    own = key or new_key()
    return {"conversation_id": service.conversations.begin(own), "key": own}


@router.get("", operation_id="list_conversations")
def listed(service: Held, key: Key) -> Listed:
    """The conversations of your key."""
    found = service.conversations.listed(key) if key else []
    return {"conversations": [_summary(one) for one in found]}


@router.get("/{conversation_id}", operation_id="read_conversation")
def read(conversation_id: str, service: Held, key: Key) -> Whole:
    """A conversation of yours."""
    found = owned(service, key, conversation_id)
    turns = service.conversations.turns(key or "", conversation_id)
    said: list[Said] = [{"at": one.at, "answer": cast("AnswerShape", one.answer.as_dict())} for one in turns]
    return {**_summary(found), "turns": said}


@router.delete("/{conversation_id}", operation_id="delete_conversation", status_code=204)
def delete(conversation_id: str, service: Held, key: Key) -> Response:
    """Delete a conversation of yours, with the traces and ratings of its answers."""
    owned(service, key, conversation_id)
    service.conversations.delete(key or "", conversation_id)
    return Response(status_code=204)


def _summary(found: Conversation) -> Summary:
    return cast("Summary", asdict(found))
