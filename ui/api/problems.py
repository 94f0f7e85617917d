"""Errors as problem JSON (RFC 9457)."""

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse

from knowledge.errors import FootnoteError
from ui.server.visitors import Rejected


def malformed(_request: Request, error: Exception) -> JSONResponse:
    """A body that is not a question; names the first field that is wrong."""
    assert isinstance(error, RequestValidationError)  # noqa: S101 (registered for it)
    first = error.errors()[0]
    place = ".".join(str(part) for part in first["loc"])
    shown = {"type": "about:blank", "title": f"{place}: {first['msg']}", "detail": 'send {"question": "..."}'}
    return JSONResponse(shown | {"status": 422}, 422, media_type="application/problem+json")


def problem(_request: Request, error: Exception) -> JSONResponse:
    """An expected error for people."""
    assert isinstance(error, FootnoteError)  # noqa: S101 (registered for it)
    rejected = error if isinstance(error, Rejected) else None
    status = rejected.status if rejected else 422 if error.exit_code == 2 else 503
    headers = {"Retry-After": str(rejected.seconds)} if rejected and rejected.seconds else {}
    if status == 401:
        headers["WWW-Authenticate"] = 'Basic realm="Footnote", charset="UTF-8"'
    shown = {"type": "about:blank", "title": str(error), "detail": error.hint, "status": status}
    return JSONResponse(shown, status, headers, media_type="application/problem+json")
