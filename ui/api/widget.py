"""What the widget needs beside chat: questions to offer, ratings, and deleting a conversation."""

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, ConfigDict, Field
from typing_extensions import TypedDict

from assistant.feedback import LONGEST_NOTE, Reason
from ui.server.held import Held
from ui.server.http_error import HttpError
from ui.server.starters import Starters
from ui.server.visitors import admitted

router = APIRouter(dependencies=[Depends(admitted)], tags=["visitor"])

# Answers one request may delete; a conversation has fewer.
MOST_FORGOTTEN = 500


class _Rated(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [{"trace_id": "0" * 32, "rating": "up"}]})

    trace_id: Annotated[str, Field(max_length=64)]
    rating: Literal["up", "down", "none"]
    reason: Reason | None = None
    note: Annotated[str, Field(max_length=LONGEST_NOTE)] = ""


class _Forgotten(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [{"trace_ids": ["0" * 32]}]})

    trace_ids: Annotated[list[Annotated[str, Field(max_length=64)]], Field(max_length=MOST_FORGOTTEN)]


class Offered(TypedDict):
    """Questions of the page being read, and of the whole site."""

    page: list[str]
    questions: list[str]


class Kept(TypedDict):
    """The rating as it is now."""

    rating: str


class Gone(TypedDict):
    """How many answers were deleted."""

    forgotten: int


@router.get("/api/starters", operation_id="starters")
def offered(request: Request, page_url: str = "") -> Offered:
    """Questions to offer: those of the page a visitor reads, and those of the whole site."""
    starters: Starters = request.app.state.starters
    page = starters.of_page(page_url)
    return {"page": page, "questions": [text for text in starters.of_site if text not in page]}


@router.post("/api/feedback", operation_id="feedback")
def feedback(rated: _Rated, service: Held) -> Kept:
    """Keep what a visitor thought of an answer; ``none`` takes it back."""
    if not service.rate(rated.trace_id, rated.rating, rated.reason or "", rated.note):
        raise HttpError(404, "there is no such answer", "send the trace_id of an answer; traces are kept for some days")
    return {"rating": rated.rating}


@router.post("/api/forget", operation_id="forget")
def forget(forgotten: _Forgotten, service: Held) -> Gone:
    """Delete a conversation: traces and ratings of its answers. Their ids are known to their reader only."""
    return {"forgotten": sum(service.feedback.forget(trace_id) for trace_id in dict.fromkeys(forgotten.trace_ids))}
