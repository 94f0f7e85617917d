"""Whether the process is alive, whether it answers questions, and what an owner watches."""

from typing import Literal, NotRequired

from fastapi import APIRouter, Depends, Response
from typing_extensions import TypedDict

from ui.server.held import Held
from ui.server.owner import owner_only

router = APIRouter(tags=["health"])

PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8"


class Alive(TypedDict):
    """The process is alive."""

    status: Literal["ok"]


class Ready(TypedDict):
    """``model`` is who would write an answer now, or ``extractive``; ``model_state`` whether it answers.

    ``none``: no model is asked for; ``absent``: there is none, answers are quoted; else by the last requests to it:
    ``untried``, ``answers``, ``fails``, ``resting`` (left alone for some seconds, or for as long as its server asked).
    """

    status: Literal["ready", "not ready"]
    reason: NotRequired[str]
    articles: NotRequired[int]
    model: NotRequired[str]
    model_state: NotRequired[Literal["none", "absent", "untried", "answers", "fails", "resting"]]


@router.get("/healthz", operation_id="health")
async def health() -> Alive:
    """The process is alive."""
    return {"status": "ok"}


@router.get("/readyz", operation_id="ready", responses={503: {"model": Ready, "description": "not ready, and why"}})
def ready(service: Held, response: Response) -> Ready:
    """200 when questions are answered at once, 503 with the reason when not."""
    if reason := service.why_not_ready:
        response.status_code = 503
        return {"status": "not ready", "reason": reason}
    writer, articles = service.assistant.standing, service.assistant.searcher.articles
    return {"status": "ready", "articles": articles, "model": writer.model, "model_state": writer.state}


@router.get("/metrics", operation_id="metrics", dependencies=[Depends(owner_only)], response_class=Response,
            responses={200: {"content": {"text/plain": {"schema": {"type": "string"}}}}})  # fmt: skip
def metrics(service: Held) -> Response:
    """Latencies, outcomes, ratings, tokens, cost and the index's age, for Prometheus; the owner's."""
    return Response(service.metrics.shown(), media_type=PROMETHEUS)
