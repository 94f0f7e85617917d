"""A stand-in for closed APIs: OpenAI's chat completions and Anthropic's messages as server-sent events, on a socket.

Faults by the model's name, as in ``tests/ollama_wire.py``: ``ok``, ``unauthorized``, ``missing``, ``limited``,
``refused``, ``overflow``, ``broken``, ``unpaid``, ``conflict``, ``large``, ``overloaded``, ``unavailable``; ``len``,
``nofinish``, ``empty``, ``miderr``, ``fin``, ``stall``, ``hang``.
"""

import json
import re
from typing import Any
from urllib.parse import urlsplit

from tests.ollama_standin import Handler, OllamaStandIn

REFUSALS = {
    "unauthorized": (401, "authentication_error", "invalid key sk-secret"),
    "missing": (404, "not_found_error", "no such model"),
    "limited": (429, "rate_limit_error", "slow down"),
    "refused": (400, "invalid_request_error", "temperature is not supported"),
    "overflow": (400, "invalid_request_error", "This model's maximum context length is 1024 tokens"),
    "broken": (500, "api_error", "internal error"),
    "unpaid": (402, "billing_error", "no credit left"),
    "conflict": (409, "conflict_error", "try another"),
    "large": (413, "request_too_large", "too many bytes"),
    "overloaded": (529, "overloaded_error", "overloaded"),
    "unavailable": (503, "api_error", "no worker is free"),
}
BREAKS = ("nofinish", "miderr", "fin", "stall")


class _ClosedHandler(Handler):
    """Both APIs; a request for the models may come by a proxy, and then has the whole address."""

    def do_GET(self) -> None:
        """Whether key and model are known; a key that the API refuses is ``sk-wrong``."""
        name = urlsplit(self.path).path.rpartition("/models/")[2]
        if "sk-wrong" in self.headers.get("Authorization", "") + self.headers.get("X-Api-Key", ""):
            name = "unauthorized"
        if name == "hang":
            self.silence()
        status, kind, message = REFUSALS.get(name, (200, "", ""))
        told = {"type": "error", "error": {"type": kind, "message": message}} if kind else {"id": name, "type": "model"}
        self.json(status, told | {"object": "model", "created": 1, "display_name": name, "owned_by": "test"})

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.stand_in.requests.append(
            body | {"_headers": {name.lower(): value for name, value in self.headers.items()}, "_path": self.path}
        )
        model = body["model"]
        try:
            if model in REFUSALS:
                status, kind, message = REFUSALS[model]
                code = "context_length_exceeded" if model == "overflow" else None
                wait = {"Retry-After": self.stand_in.retry_after} if status == 429 else {}
                self.json(status, {"type": "error", "error": {"type": kind, "message": message, "code": code}}, **wait)
            elif model == "hang":
                self.silence()
            else:
                self._answer(model, self.path.endswith("/messages"))
        except ConnectionError:
            self.forsaken()

    def _answer(self, model: str, anthropic: bool) -> None:
        user = json.dumps(self.stand_in.requests[-1]["messages"])
        words = re.findall(r"\s*\S+", self.stand_in.text_for(user)) if model != "empty" else []
        self.headed("text/event-stream")
        events = _messages(words, model) if anthropic else _completions(words, model)
        for event in events[:4] if model in BREAKS else events:
            self.chunk(event)
            self.rest()
        if model == "stall":
            self.silence()
        elif model == "fin":
            self.close_connection = True
            return
        elif model == "miderr":
            wrong = {"type": "error", "error": {"type": "api_error", "message": "overloaded"}}
            self.chunk(_event(wrong, "error"))
        self.chunk(b"")


class ClosedStandIn(OllamaStandIn):
    """A server for the length of a ``with``; its ``requests`` have the headers and the path too."""

    handler = _ClosedHandler


def _completions(words: list[str], model: str) -> list[bytes]:
    def chunk(choices: Any, **more: Any) -> bytes:
        told = {"id": "c", "object": "chat.completion.chunk", "created": 1, "model": model, "choices": choices}
        return _event(told | more)

    said = [chunk([{"index": 0, "delta": {"role": "assistant", "content": word}}]) for word in words]
    reason = "length" if model == "len" else "stop"
    usage = {"prompt_tokens": 1000, "completion_tokens": 50, "total_tokens": 1050}
    last = [chunk([{"index": 0, "delta": {}, "finish_reason": reason}]), chunk([], usage=usage)]
    return [*said, *last, b"data: [DONE]\n\n"]


def _messages(words: list[str], model: str) -> list[bytes]:
    usage = {"input_tokens": 1000, "output_tokens": 1}
    begin: dict[str, Any] = {
        "id": "m", "type": "message", "role": "assistant", "model": model, "content": [], "stop_reason": None,
        "stop_sequence": None, "usage": usage,
    }  # fmt: skip
    reason = "max_tokens" if model == "len" else "end_turn"
    end = {"type": "message_delta", "delta": {"stop_reason": reason, "stop_sequence": None},
           "usage": {"input_tokens": 1000, "output_tokens": 50}}  # fmt: skip
    told: list[dict[str, Any]] = [
        {"type": "message_start", "message": begin},
        {"type": "content_block_start", "index": 0, "content_block": {"type": "text", "text": ""}},
        *({"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": word}} for word in words),
        {"type": "content_block_stop", "index": 0},
        end,
        {"type": "message_stop"},
    ]
    return [_event(one, one["type"]) for one in told]


def _event(data: Any, name: str = "") -> bytes:
    head = f"event: {name}\n" if name else ""
    return f"{head}data: {json.dumps(data)}\n\n".encode()
