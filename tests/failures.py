"""What can go wrong with a model, what the visitor sees, and within what time: the cases of a test and a table in docs.

python -m tests.failures > docs/failures.md
"""

from dataclasses import dataclass

from assistant.models.model import MOST_TOKENS, Patience
from assistant.models.steady import PAUSES
from assistant.phrases import phrase

PATIENCE = Patience()
AT_ONCE = "at once"
RETRIED = f"{sum(PAUSES):.1f} s, after {len(PAUSES) + 1} tries"
FIRST_BYTE = f"{PATIENCE.first_byte:.0f} s"
STALL = f"{PATIENCE.stall:.0f} s after the last word"
WHOLE = f"{MOST_TOKENS} tokens, or {PATIENCE.whole:.0f} s"


@dataclass(frozen=True, slots=True)
class Failure:
    """``model`` is the stand-in's fault; ``reason`` as the note says it, None where the failure is not to be seen."""

    what: str
    model: str
    reason: str | None
    within: str
    prompt: int = 0

    @property
    def seen(self) -> str:
        """What the visitor reads under the answer."""
        return "" if self.reason is None else phrase("model_down", "en", reason=self.reason)


FAILURES = (
    Failure("server absent, a model asked for", "absent", "no local model", AT_ONCE),
    Failure("server absent, no model asked for", "absent-auto", None, AT_ONCE),
    Failure("model missing (404)", "missing", "model missing", AT_ONCE),
    Failure("busy (503), then well again", "flaky", None, RETRIED),
    Failure("busy (503)", "busy", "busy", RETRIED),
    Failure("too many requests (429)", "limited", "rate limited", AT_ONCE),
    Failure("the model cannot be loaded (500)", "dud", "crashed", RETRIED),
    Failure("runner died before the first word (500)", "e500", "crashed", RETRIED),
    Failure("crash mid-stream (error line)", "miderr", "crashed", AT_ONCE),
    Failure("connection reset mid-stream", "rst", "connection lost", AT_ONCE),
    Failure("connection closed mid-stream", "fin", "connection lost", AT_ONCE),
    Failure("stream ends without done_reason", "nodone", "answer cut off", AT_ONCE),
    Failure("half a line of JSON", "halfline", "garbled answer", AT_ONCE),
    Failure("half a character of UTF-8", "halfchar", "answer cut off", AT_ONCE),
    Failure("stall mid-stream", "stall", "timed out", STALL),
    Failure("not one byte", "hang", "timed out", FIRST_BYTE),
    Failure("context overflow, refused (400)", "overflow", "prompt too long", AT_ONCE),
    Failure("context overflow, cut silently", "narrow", "prompt cut off", "the end of the model's answer"),
    Failure("any other refusal (400)", "e400", "refused the request", AT_ONCE),
    Failure("HTML from a proxy (502)", "html", "failed", AT_ONCE),
    Failure("redirect to another place (307)", "redirect", "failed", AT_ONCE),
    Failure("empty answer", "empty", "empty answer", AT_ONCE),
    Failure("model says only that it is loaded", "load", "empty answer", AT_ONCE),
    Failure("a line of ten megabytes", "bigline", "endless answer", AT_ONCE),
    Failure("answer longer than asked for", "len", "answer cut off", f"{MOST_TOKENS} tokens"),
    Failure("answer without an end", "endless", "endless answer", WHOLE),
    Failure("thinks aloud", "tags", None, AT_ONCE),
)

HEAD = """# When a model fails

Written by `python -m tests.failures` from the cases of `tests/assistant/test_failures.py`; do not edit. Whatever fails,
the visitor gets an answer with footnotes: the one quoted from the articles takes the place of what the model had begun,
with a note. Times are the defaults; `FOOTNOTE_ANSWER_SECONDS` bounds an answer that is being written, and is looked at
whenever a token comes: silence is bounded apart, to 120 s before the first token and to 30 s between two. Retries
happen only before the first word. After three failures in a row the model rests for five seconds, and the note says
`resting`; then a probe decides. A server that answers with Retry-After is left alone for as long as it says, an hour at
most. When the visitor stops or closes the page, the connection to the model is closed
at once.

| failure | what the visitor sees | within |
|---|---|---|
"""


def table() -> str:
    """The document."""
    rows = (
        f"| {one.what} | {one.seen or 'an answer, as if nothing had happened'} | {one.within} |\n" for one in FAILURES
    )
    return HEAD + "".join(rows)


if __name__ == "__main__":
    print(table(), end="")  # noqa: T201
