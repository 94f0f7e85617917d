"""What visitors asked and did not get: refused, answered barely, or rated down.

What was not searched for is none of it: small talk, and questions that were asked back.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from assistant.feedback import Feedback
from assistant.traces import Trace, Traces

Signal = Literal["refused", "unsure", "rated down"]
SIGNALS: tuple[Signal, ...] = ("refused", "unsure", "rated down")

# An answer is unsure when the articles support it little more than the owner's knob asks for. Of the bundled suites'
# answers with less than this above the knob 18 of 37 do not pass, of the others 73 of 245 (`make results`, 2026-11-24).
LITTLE = 0.2


@dataclass(frozen=True, slots=True)
class Unmet:
    """A question, and how it is known that its visitor went away with little."""

    trace: Trace
    signal: Signal


def unmet(traces: Traces, feedback: Feedback, since: str) -> Iterator[Unmet]:
    """Questions from ``since`` (ISO 8601) on, oldest first; of several signals a refusal comes first, then a rating."""
    down = {rating.trace_id for rating in feedback.since(since) if rating.rating == "down"}
    for trace in traces.since(since):
        threshold = threshold_of(trace.record)
        signal: Signal | None = signal_of(trace.answered, trace.confidence, threshold)
        if trace.answered and trace.trace_id in down:
            signal = "rated down"
        if signal and trace.record.get("hits"):
            yield Unmet(trace, signal)


def signal_of(answered: bool, confidence: float, threshold: float) -> Signal | None:
    """What an answer says of itself; None where it is sure."""
    if not answered:
        return "refused"
    return "unsure" if confidence < threshold + LITTLE else None


def threshold_of(record: Mapping[str, Any]) -> float:
    """The knob's place when the question was asked."""
    return float(record.get("signals", {}).get("threshold", 0.0))
