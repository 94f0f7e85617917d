"""What the widget needs beside chat: questions to offer, ratings, and deleting a conversation."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, Field

from assistant.feedback import LONGEST_NOTE, Rating, Reason
from ui.api.held import Held
from ui.pages.offers import Offers
from ui.server.visitors import Rejected, admitted

router = APIRouter(dependencies=[Depends(admitted)])

# Answers one request may delete; a conversation has fewer.
MOST_FORGOTTEN = 500


class _Rated(BaseModel):
    trace_id: Annotated[str, Field(max_length=64)]
    rating: Literal["up", "down", "none"]
    reason: Reason | None = None
    note: Annotated[str, Field(max_length=LONGEST_NOTE)] = ""


class _Forgotten(BaseModel):
    trace_ids: Annotated[list[Annotated[str, Field(max_length=64)]], Field(max_length=MOST_FORGOTTEN)]


@router.get("/api/starters")
def offered(request: Request, page_url: str = "") -> dict[str, list[str]]:
    """Questions to offer: those of the page a visitor reads, and those of the whole site."""
    offers: Offers = request.app.state.offers
    page = offers.of_page(page_url)
    return {"page": page, "questions": [text for text in offers.of_site if text not in page]}


@router.post("/api/feedback")
def feedback(rated: _Rated, service: Held) -> dict[str, str]:
    """Keep what a visitor thought of an answer; ``none`` takes it back."""
    if rated.rating == "none":
        service.feedback.withdraw(rated.trace_id)
    elif not service.feedback.rate(Rating(rated.trace_id, rated.rating, rated.reason or "", rated.note)):
        raise Rejected(404, "there is no such answer", "send the trace_id of an answer; traces are kept for some days")
    return {"rating": rated.rating}


@router.post("/api/forget")
def forget(forgotten: _Forgotten, service: Held) -> dict[str, Any]:
    """Delete a conversation: traces and ratings of its answers. Their ids are known to their reader only."""
    return {"forgotten": sum(service.feedback.forget(trace_id) for trace_id in dict.fromkeys(forgotten.trace_ids))}
