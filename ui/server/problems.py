"""What each error is told as; a bug by an id alone, under which it stands in the log."""

import logging
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import TypeAdapter
from starlette.exceptions import HTTPException
from starlette.middleware.errors import ServerErrorMiddleware
from starlette.routing import Match, Mount
from typing_extensions import TypedDict

from knowledge.errors import FootnoteError, Kind
from ui.server.http_error import HttpError
from ui.server.problem_json import Problem

log = logging.getLogger(__name__)


METHODS = ("GET", "POST", "DELETE")


class ProblemShape(TypedDict):
    """An error (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    kind: Kind
    trace_id: str


# For OpenAPI: what any route may answer instead.
DOCUMENTED: dict[str, Any] = {
    "description": "what went wrong, and what to do about it (RFC 9457)",
    "content": {"application/problem+json": {"schema": TypeAdapter(ProblemShape).json_schema()}},
}


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


def add_missing(app: FastAPI, page: FastAPI) -> None:
    """What ``page``, mounted where no route of ``app`` is, does not know either, is told as by ``app``."""

    async def missing(request: Request, error: Exception) -> JSONResponse:
        allowed = ", ".join(method for method in METHODS if _answers(app, request, method))
        return await _respond(request, HTTPException(405, headers={"Allow": allowed}) if allowed else error)

    page.add_exception_handler(404, missing)


def _answers(app: FastAPI, request: Request, method: str) -> bool:
    """Would a route of ``app`` itself answer, were it asked by that method?"""
    asked = dict(request.scope, method=method)
    own = (route for route in app.routes if not isinstance(route, Mount))
    return any(route.matches(asked)[0] is Match.FULL for route in own)


async def _respond(request: Request, error: Exception) -> JSONResponse:
    problem = of(error)
    response = problem.response(request.url.path)
    response.headers.update(getattr(error, "headers", None) or {})
    if problem.status == 401:
        response.headers["WWW-Authenticate"] = 'Basic realm="Footnote", charset="UTF-8"'
    return response
