"""What a client is told of an error: problem JSON (RFC 9457), below ``/v1/`` in OpenAI's shape. No framework."""

import uuid
from dataclasses import dataclass, field
from typing import Any

from starlette.responses import JSONResponse

from knowledge.errors import Kind

OPENAI = "/v1/"
# What OpenAI's clients make of a status; they tell errors apart by ``type`` and ``code``.
OPENAI_TYPES = {429: ("rate_limit_error", "rate_limit_exceeded"), 404: ("invalid_request_error", "model_not_found")}


@dataclass(frozen=True, slots=True)
class Problem:
    """``title`` says what happened, ``detail`` what to do; ``seconds`` is when to come back, 0 when that is no use.

    ``kind`` is the error's; of a bug ``bug``, of what the server lacks ``not_ready``.
    """

    status: int
    title: str
    detail: str
    seconds: int = 0
    kind: Kind = ""
    trace_id: str = field(default_factory=lambda: uuid.uuid4().hex)

    def response(self, path: str) -> JSONResponse:
        """The response to a request for ``path``."""
        headers = {"Retry-After": str(self.seconds)} if self.seconds else {}
        if not path.startswith(OPENAI):
            return JSONResponse(self.as_dict(), self.status, headers, "application/problem+json")
        return JSONResponse(self.as_openai(), 400 if self.status == 422 else self.status, headers)

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
