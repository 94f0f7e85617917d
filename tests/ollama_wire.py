"""What Ollama 0.33 says on the wire, read in its source: shapes, refusals, silent truncation, and faults by name.

A model's name is what happens when it is asked; any other name that the stand-in lists works like ``ok``:

    ok        says the text                         stall     three chunks, then silence
    think     thinks first, even if told not to     hang      not one byte
    len       ends with done_reason "length"        rst, fin  three chunks, then the connection is reset or closed
    empty     a whole answer without a word         miderr    three chunks, then an error line
    load      only "the model is loaded"            halfline  three chunks, then half a line and a clean end
    missing   404    busy   503                     nodone    three chunks, then a clean end without a done line
    e400, e500       html   502 from a proxy        redirect  307 to another path
    embed     listed, but cannot chat               endless   words for ever, whatever is asked
    tags      thinks aloud, in <think> tags         narrow    a window of 512, whatever is asked
    bigline   one line of ten megabytes             halfchar  half a character of UTF-8, and a clean end
    flaky     busy twice, then well                 dud       can be listed but not loaded
    overflow  400: the prompt does not fit          small     trained on 2048 tokens
    limited   429, and when to come back
"""

import json
import re
from collections.abc import Collection, Iterator, Sequence
from typing import Any

Json = dict[str, Any]

VERSION = "0.33.0"
# The window of a host with less than 23 GiB of video memory.
NUM_CTX = 4096
# How many first tokens survive when the middle of a prompt is cut.
NUM_KEEP = 4
CREATED = "2026-11-23T14:50:00.123456789Z"

REFUSALS = {
    "limited": (429, "too many requests"),
    "busy": (503, "server busy, please try again.  maximum pending requests exceeded"),
    "e400": (400, "invalid options: num_ctx"),
    "overflow": (400, "the prompt is longer than the context length currently available to the model"),
    "e500": (500, "model runner has unexpectedly stopped, check ollama server logs for details"),
    "dud": (500, "unable to load model"),
    "embed": (400, '"embed" does not support chat'),
}
BREAKS = frozenset({"stall", "rst", "fin", "miderr", "halfline", "halfchar", "nodone"})
NARROW, SMALL = 512, 2048
FAULTS = BREAKS | REFUSALS.keys() | {
    "ok", "missing", "think", "len", "empty", "load", "hang", "html", "redirect", "endless", "tags", "narrow",
    "bigline", "flaky", "small",
}  # fmt: skip
# What a pull of these names ends with; of ``full`` half-way, of the others before the first byte.
UNPULLED = {
    "missing": "pull model manifest: file does not exist",
    "full": "write /models/blobs/sha256-aaaaaaaaaaaa-partial: no space left on device",
    "offline": 'pull model manifest: Get "https://library.invalid/v2": dial tcp: lookup library.invalid: no such host',
    "newer": "pull model manifest: 412: \n\nThe model you are attempting to pull requires a newer version of Ollama.\n",
    "odd": "max retries exceeded: \x1b[31mEOF",
}
MIDSTREAM = "an error was encountered while running the model: unexpected EOF"


class Refused(Exception):
    """A request that gets an HTTP error."""

    def __init__(self, status: int, error: str) -> None:
        super().__init__(error)
        self.status = status


def encoded(value: Json) -> bytes:
    """A line as Go writes it: compact, UTF-8, with <, > and & escaped."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return re.sub("[<>&]", lambda sign: f"\\u{ord(sign[0]):04x}", text).encode() + b"\n"


def fault_of(model: str) -> str:
    """The fault that a model's name stands for, its tag aside."""
    name = _untagged(model)
    return name if name in FAULTS else "ok"


def tag(model: str, digest: str = "a" * 64) -> Json:
    """A model as ``/api/tags`` lists it."""
    return {
        "name": model, "model": model, "modified_at": CREATED, "size": 2019393189, "digest": digest,
        "details": _details(), "capabilities": _capabilities(model),
    }  # fmt: skip


def running(model: str, window: int) -> Json:
    """A loaded model as ``/api/ps`` lists it, on the CPU."""
    return {
        "name": model, "model": model, "size": 2019393189, "digest": "a" * 64, "details": _details(),
        "expires_at": CREATED, "size_vram": 0, "context_length": window,
    }  # fmt: skip


def show(model: str) -> Json:
    """A model as ``/api/show`` describes it."""
    info = {
        "general.architecture": "llama",
        "general.parameter_count": 3212749888,
        "llama.context_length": SMALL if fault_of(model) == "small" else 131072,
    }
    return {
        "details": _details(), "model_info": info, "capabilities": _capabilities(model), "modified_at": CREATED,
    }  # fmt: skip


def decoded(sent: bytes) -> Json:
    """The body of a request that names a model.

    Raises:
        Refused: there is none, or it is not what it should be.
    """
    if not sent:
        raise Refused(400, "missing request body")
    try:
        body = json.loads(sent)
    except ValueError as error:
        raise Refused(400, "invalid character in request body") from error
    if not isinstance(body, dict):
        raise Refused(400, "json: cannot unmarshal into Go value of type api.ChatRequest")
    if not body.get("model"):
        raise Refused(400, "model is required")
    return body


def admit(model: str, models: Collection[str]) -> None:
    """Raises Refused for a model that is not there."""
    there = _tagged(model) in map(_tagged, models) or _untagged(model) in FAULTS
    if fault_of(model) == "missing" or not there:
        raise Refused(404, f"model '{model}' not found")


def begin(body: Json, models: Collection[str]) -> None:
    """Raises Refused for a chat that does not begin."""
    model = body["model"]
    admit(model, models)
    if fault_of(model) in REFUSALS:
        raise Refused(*REFUSALS[fault_of(model)])
    if body.get("think") and "thinking" not in _capabilities(model):
        raise Refused(400, f'"{model}" does not support thinking')


def as_seen(messages: Sequence[Json], window: int) -> tuple[str, int]:
    """The last message as the model sees it, and how many tokens (of four characters) of the prompt it reads.

    What does not fit goes silently: first the oldest messages but the system's, then the middle of the rest.
    """
    kept = list(messages)
    while _tokens(kept) > window and (old := [m for m in kept[:-1] if m["role"] != "system"]):
        kept.remove(old[0])
    last = str(kept[-1]["content"]) if kept else ""
    if _tokens(kept) <= window:
        return last, _tokens(kept)
    newest = window // 2
    return last[-4 * newest :], NUM_KEEP + newest


def lines(body: Json, text: str, prompt_tokens: int) -> Iterator[Json]:
    """The lines of a whole answer that says ``text``, the done line last."""
    model, fault = body["model"], fault_of(body["model"])
    if not body.get("messages") or fault == "load":
        yield _done(model, "load")
        return
    thoughts = ["Let", " me", " think"] if fault == "think" else []
    yield from (chunk(model, "", thought) for thought in thoughts)
    if fault == "endless":
        yield from (chunk(model, " on and on") for _ in range(1_000_000))
    if fault == "tags":
        text = f"<think>Let me think. [1] </think>{text}"
    if fault == "bigline":
        text = "x" * 10_000_000
    pieces = re.findall(r"\s*\S+|\s+\Z", text) if fault != "empty" else []
    room = int(body.get("options", {}).get("num_predict", -1))
    said = pieces[:room] if room >= 0 else pieces
    yield from (chunk(model, piece) for piece in said)
    reason = "length" if fault == "len" or len(said) < len(pieces) else "stop"
    yield _done(model, reason) | _metrics(prompt_tokens, len(thoughts) + len(said))


def pulling(model: str, size: int) -> Iterator[Json]:
    """The lines of a pull, of one file of ``size`` bytes; ``UNPULLED`` names fail, ``fin`` breaks off.

    Raises:
        Refused: a name that can be none.
    """
    if " " in model:
        raise Refused(400, "invalid model name")
    yield {"status": "pulling manifest"}
    error = UNPULLED.get(_untagged(model), "")
    if error and model != "full":
        yield {"error": error}
        return
    part = {"status": "pulling aaaaaaaaaaaa", "digest": "sha256:" + "a" * 64, "total": size}
    yield part
    yield from (part | {"completed": size * tenth // 10} for tenth in range(1, 6))
    if error:
        yield {"error": error}
    if error or fault_of(model) == "fin":
        return
    yield part | {"completed": size}
    for status in ("verifying sha256 digest", "writing manifest", "success"):
        yield {"status": status}


def joined(streamed: Sequence[Json]) -> Json:
    """The one object that a chat without streaming gets."""
    text = "".join(line["message"]["content"] for line in streamed)
    return streamed[-1] | {"message": {"role": "assistant", "content": text}}


def chunk(model: str, content: str, thinking: str = "") -> Json:
    """A line with a piece of text; what is empty is left out, but for the content."""
    message = {"role": "assistant", "content": content} | ({"thinking": thinking} if thinking else {})
    return {"model": model, "created_at": CREATED, "message": message, "done": False}


def _done(model: str, reason: str) -> Json:
    return chunk(model, "") | {"done": True, "done_reason": reason}


def _metrics(prompt_tokens: int, tokens: int) -> Json:
    """Durations in nanoseconds; what is zero is left out."""
    metrics = {
        "total_duration": 4883583458, "load_duration": 1334875, "prompt_eval_count": prompt_tokens,
        "prompt_eval_duration": 342546000, "eval_count": tokens, "eval_duration": 4535599000,
    }  # fmt: skip
    return {name: value for name, value in metrics.items() if value}


def _tokens(messages: Sequence[Json]) -> int:
    return sum(len(message.get("content", "")) for message in messages) // 4


def _capabilities(model: str) -> list[str]:
    fault = fault_of(model)
    if fault == "embed":
        return ["embedding"]
    return ["completion", "thinking"] if fault == "think" else ["completion", "tools"]


def _untagged(model: str) -> str:
    return model.partition(":")[0]


def _tagged(model: str) -> str:
    return model if ":" in model else f"{model}:latest"


def _details() -> Json:
    return {
        "parent_model": "", "format": "gguf", "family": "llama", "families": ["llama"],
        "parameter_size": "3.2B", "quantization_level": "Q4_K_M",
    }  # fmt: skip
