"""The HTTP API: chat as server-sent events, search, health, article pages."""

from collections.abc import Iterable
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse
from fastapi.sse import EventSourceResponse, ServerSentEvent
from pydantic import BaseModel, ConfigDict

from assistant.events import Cited, Delta, Event, Sources, Status
from assistant.followup import readings
from assistant.question import Question, check
from assistant.writers import FIXED
from knowledge.errors import FootnoteError, UsageError
from ui.article_page import POLICY, page
from ui.service import Service
from ui.visitors import Rejected, admitted

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


def _service(request: Request) -> Service:
    service: Service = request.app.state.service
    return service


def _question(asked: _Asked) -> Question:
    """A visitor chooses a kind of writer, not a model of the owner's server by name."""
    if asked.model not in (None, *FIXED):
        raise UsageError(f"the model {asked.model[:40]!r} cannot be asked for here", f"one of {', '.join(FIXED)}")
    return check(asked.question, asked.history, asked.language, asked.page_url)


Held = Annotated[Service, Depends(_service)]
Checked = Annotated[Question, Depends(_question)]


@router.post("/api/chat", response_class=EventSourceResponse, dependencies=[Depends(admitted)])
def chat(asked: _Asked, question: Checked, service: Held) -> Iterable[ServerSentEvent]:
    """Stream an answer: ``meta``, ``sources``, ``delta`` and ``citation``, then ``done`` with the whole answer."""
    try:
        for event in service.assistant.events(question, asked.model):
            yield _sent(event)
    except FootnoteError as error:
        yield ServerSentEvent(event="error", data={"error": str(error), "hint": error.hint})


def _sent(event: Event) -> ServerSentEvent:
    if isinstance(event, Status):
        return ServerSentEvent(event="meta", data={"status": event.text})
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


@router.get("/healthz")
def health() -> dict[str, str]:
    """The process is alive."""
    return {"status": "ok"}


@router.get("/readyz")
def ready(service: Held) -> JSONResponse:
    """200 when questions are answered at once, 503 with the reason when not."""
    reason = service.why_not_ready
    shown = {"status": "ready" if reason is None else "not ready"} | ({"reason": reason} if reason else {})
    return JSONResponse(shown, 200 if reason is None else 503)


@router.get("/articles/{article_id:path}", response_class=HTMLResponse)
def article(article_id: str, service: Held) -> HTMLResponse:
    """The page of an article without an address of its own."""
    found = service.knowledge.catalogue.article(article_id)
    if found is None:
        return HTMLResponse("<!doctype html><title>Not found</title><p>There is no such article.</p>", 404)
    return HTMLResponse(page(found), headers={"Content-Security-Policy": POLICY})


def malformed(_request: Request, error: Exception) -> JSONResponse:
    """A body that is not a question, as problem JSON; names the first field that is wrong."""
    assert isinstance(error, RequestValidationError)  # noqa: S101 (registered for it)
    first = error.errors()[0]
    place = ".".join(str(part) for part in first["loc"])
    shown = {"type": "about:blank", "title": f"{place}: {first['msg']}", "detail": 'send {"question": "..."}'}
    return JSONResponse(shown | {"status": 422}, 422, media_type="application/problem+json")


def problem(_request: Request, error: Exception) -> JSONResponse:
    """An expected error as problem JSON (RFC 9457)."""
    assert isinstance(error, FootnoteError)  # noqa: S101 (registered for it)
    rejected = error if isinstance(error, Rejected) else None
    status = rejected.status if rejected else 422 if error.exit_code == 2 else 503
    headers = {"Retry-After": str(rejected.seconds)} if rejected and rejected.seconds else None
    shown = {"type": "about:blank", "title": str(error), "detail": error.hint, "status": status}
    return JSONResponse(shown, status, headers, media_type="application/problem+json")
