"""Errors as problem JSON (RFC 9457), each with an id that stands in the log too; in OpenAI's shape below ``/v1/``."""

import logging
import uuid
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import TypeAdapter
from starlette.exceptions import HTTPException
from starlette.middleware.errors import ServerErrorMiddleware
from typing_extensions import TypedDict

from knowledge.errors import FootnoteError
from ui.server.http_error import HttpError

log = logging.getLogger(__name__)

OPENAI = "/v1/"
# What OpenAI's clients make of a status; they tell errors apart by ``type`` and ``code``.
OPENAI_TYPES = {429: ("rate_limit_error", "rate_limit_exceeded"), 404: ("invalid_request_error", "model_not_found")}


class ProblemShape(TypedDict):
    """An error (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    kind: str
    trace_id: str


# For OpenAPI: what any route may answer instead.
DOCUMENTED: dict[str, Any] = {
    "description": "what went wrong, and what to do about it (RFC 9457)",
    "content": {"application/problem+json": {"schema": TypeAdapter(ProblemShape).json_schema()}},
}


@dataclass(frozen=True, slots=True)
class Problem:
    """``title`` says what happened, ``detail`` what to do; ``seconds`` is when to come back, 0 when that is no use.

    ``kind`` is the error's; of a bug ``bug``, of what the server lacks ``not_ready``.
    """

    status: int
    title: str
    detail: str
    seconds: int = 0
    kind: str = ""
    trace_id: str = field(default_factory=lambda: uuid.uuid4().hex)

    def as_dict(self) -> dict[str, Any]:
        """RFC 9457's members, and ours."""
        names = ("status", "title", "detail", "kind", "trace_id")
        return {"type": "about:blank"} | {name: getattr(self, name) for name in names}

    def as_openai(self) -> dict[str, Any]:
        """The body of OpenAI's errors."""
        kind, code = OPENAI_TYPES.get(
            self.status, ("invalid_request_error" if self.status < 500 else "server_error", None)
        )
        told = {"message": f"{self.title}; {self.detail}", "type": kind, "param": None, "code": code}
        return {"error": told | {"trace_id": self.trace_id}}


def of(error: Exception) -> Problem:
    """What a visitor is told: all of an error meant for people, of a bug only the id under which it is logged."""
    if isinstance(error, HttpError):
        return Problem(error.status, str(error), error.hint, error.seconds, error.kind)
    if isinstance(error, FootnoteError):
        typed = error.exit_code == 2
        return Problem(422 if typed else 503, str(error), error.hint, kind=error.kind or ("" if typed else "not_ready"))
    if isinstance(error, HTTPException):
        return Problem(
            error.status_code, HTTPStatus(error.status_code).phrase.lower(), "see /openapi.json for what is here"
        )
    if isinstance(error, RequestValidationError):
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        return Problem(422, f"{place}: {first['msg']}", "see /openapi.json for what to send")
    told = Problem(
        500, "something went wrong here", "try again; if it stays, tell the site's owner the trace_id", kind="bug"
    )
    log.error("%s (trace_id %s)", type(error).__name__, told.trace_id, exc_info=error)
    return told


def add_to(app: FastAPI) -> None:
    """Every error of ``app`` is told so; a bug too within the middleware that is added after this, and raised again."""
    for kind in (FootnoteError, RequestValidationError, HTTPException):
        app.add_exception_handler(kind, _respond)
    app.add_middleware(ServerErrorMiddleware, handler=_respond)


async def _respond(request: Request, error: Exception) -> JSONResponse:
    problem = of(error)
    headers = {"Retry-After": str(problem.seconds)} if problem.seconds else dict(getattr(error, "headers", None) or {})
    if problem.status == 401:
        headers["WWW-Authenticate"] = 'Basic realm="Footnote", charset="UTF-8"'
    if not request.url.path.startswith(OPENAI):
        return JSONResponse(problem.as_dict(), problem.status, headers, media_type="application/problem+json")
    return JSONResponse(problem.as_openai(), 400 if problem.status == 422 else problem.status, headers)
