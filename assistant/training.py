"""Training data: answered questions in the common chat-tuning form, for owners who tune a model of their own.

A record is what a model would have been sent (rules, numbered passages, question) and what was answered, with the
rating where there is one. Personal data was replaced when the trace was written. Passages are as the articles are now;
an answer whose articles are gone is left out.
"""

from collections.abc import Callable, Iterator
from typing import Any

from assistant.feedback import Feedback
from assistant.personal_data import scrub
from assistant.prompt import ANSWER, prompt, user_message
from assistant.traces import Trace, Traces
from knowledge.hit import Hit

# Fetches passages by their ids, those that are still there.
Passages = Callable[[list[str]], list[Hit]]


def records(traces: Traces, feedback: Feedback, passages: Passages, since: str = "") -> Iterator[dict[str, Any]]:
    """``{"messages", "rating": "up" | "down" | None, "model", "trace_id", "prompt"}`` for every answered question."""
    for trace in traces.since(since, answered=True):
        wanted = [hit["chunk_id"] for hit in trace.record["hits"]]
        found = passages(wanted)
        if wanted and len(found) == len(wanted):
            rating = feedback.find(trace.trace_id)
            yield _record(trace, found) | {"rating": rating.rating if rating else None}


def _record(trace: Trace, found: list[Hit]) -> dict[str, Any]:
    asked = user_message(trace.record["standalone_question"], found)
    said = [("system", prompt(ANSWER)), ("user", asked), ("assistant", trace.record["answer"])]
    return {
        "messages": [{"role": role, "content": scrub(content)} for role, content in said],
        "model": trace.record["model"],
        "prompt": ANSWER,
        "trace_id": trace.trace_id,
    }
