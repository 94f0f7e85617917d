"""Spans for OpenTelemetry, by its conventions for generative AI; off unless the owner names a collector.

An answer tells its own times, so its spans are written when it is done: ``invoke_agent`` around ``retrieval`` and,
where a model wrote, ``chat``. They hold ids, scores, counts and names, and nothing that was asked or said. The
provider is ours alone: other libraries' own tracing stays off. There is no span for reranking, as there is no such
stage.

Source: https://opentelemetry.io/docs/specs/semconv/gen-ai/, attributes as of schema 1.44.
"""

import json
import time
from collections.abc import Mapping, Sequence

from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor, SpanExporter
from opentelemetry.trace import Span, set_span_in_context
from opentelemetry.util.types import AttributeValue

from assistant.answer import Answer
from knowledge.hit import Hit

SCHEMA = "https://opentelemetry.io/schemas/1.44.0"
# Whose models each kind of writer asks.
PROVIDERS = {"local": "ollama", "closed": "closed"}


class Spans:
    """Writes to ``exporter`` in the background; close it to send what waits."""

    def __init__(self, exporter: SpanExporter) -> None:
        self._provider = TracerProvider(resource=Resource({"service.name": "footnote"}), shutdown_on_exit=False)
        self._provider.add_span_processor(BatchSpanProcessor(exporter))
        self._tracer = self._provider.get_tracer("footnote", schema_url=SCHEMA)

    def answered(self, answer: Answer, hits: Sequence[Hit], generation: int) -> None:
        """The spans of an answer that ends now."""
        ended = time.time_ns()
        started = ended - _nanoseconds(answer.timings_ms["total"])
        whole = self._span("invoke_agent footnote", "invoke_agent", started, {
            "gen_ai.agent.name": "footnote", "footnote.language": answer.language,
            "footnote.answered": answer.answered, "footnote.trace_id": answer.trace_id,
        })  # fmt: skip
        if "search" in answer.timings_ms:
            searched = started + _nanoseconds(answer.timings_ms["search"])
            found = [{"id": hit.chunk_id, "score": hit.score} for hit in hits]
            self._span("retrieval footnote", "retrieval", started, {
                "gen_ai.data_source.id": str(generation), "gen_ai.retrieval.documents": json.dumps(found),
                "gen_ai.retrieval.top_k": len(found),
            }, whole).end(searched)  # fmt: skip
            if answer.model.kind in PROVIDERS:
                self._span(f"chat {answer.model.name}", "chat", searched, {
                    "gen_ai.provider.name": PROVIDERS[answer.model.kind], "gen_ai.request.model": answer.model.name,
                }, whole).end(ended)  # fmt: skip
        whole.end(ended)

    def close(self) -> None:
        """Send what waits."""
        self._provider.shutdown()

    def _span(
        self, name: str, operation: str, started: int, told: Mapping[str, AttributeValue], inside: Span | None = None
    ) -> Span:
        context = set_span_in_context(inside) if inside else None
        attributes = {"gen_ai.operation.name": operation} | dict(told)
        return self._tracer.start_span(name, context, attributes=attributes, start_time=started)


def to_collector(address: str) -> Spans:
    """Spans to an OTLP collector, over gRPC; it need not be there yet."""
    from opentelemetry.exporter.otlp.proto.grpc.trace_exporter import OTLPSpanExporter

    return Spans(OTLPSpanExporter(address, insecure=address.startswith("http://")))


def _nanoseconds(milliseconds: float) -> int:
    return int(milliseconds * 1_000_000)
