"""Whether the process is alive, and whether it answers questions."""

from fastapi import APIRouter
from fastapi.responses import JSONResponse

from ui.api.held import Held

router = APIRouter()


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
