"""What an owner watches, for Prometheus: how long things take, what comes of them, what they cost.

Counts start anew with the process, as Prometheus expects; tokens and money come from the ledger and do not. No label
holds anything that a visitor wrote.
"""

import time
from collections.abc import Iterator

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from assistant.answer import Answer
from assistant.ledger import Ledger
from knowledge.wiring import Knowledge
from ui.server.line import Line

# Seconds. Extraction takes hundredths, a model on a CPU a minute.
BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120)


class Metrics:
    """Counts while the server runs. Safe to use from several threads."""

    def __init__(self, knowledge: Knowledge, line: Line) -> None:
        self._registry = CollectorRegistry()
        self._requests = self._seconds("request", "From a request to the head of its response", "route", "status")
        self._stages = {
            "search": self._seconds("search", "The search of one question"),
            "first_token": self._seconds("first_token", "From a question to the first word of its answer", "kind"),
            "total": self._seconds("answer", "From a question to the end of its answer", "kind"),
        }
        self._answers = self._count("answers", "Questions by what became of them", "kind", "outcome")
        self._feedback = self._count("feedback", "Ratings of answers", "rating")
        self._registry.register(_FromBase(knowledge, line))

    def answered(self, answer: Answer) -> None:
        """Count an answer."""
        kind = answer.model.kind
        for stage, histogram in self._stages.items():
            if stage in answer.timings_ms:
                timed = histogram if stage == "search" else histogram.labels(kind)
                timed.observe(answer.timings_ms[stage] / 1000)
        self._answers.labels(kind, "answered" if answer.answered else "refused").inc()

    def rated(self, rating: str) -> None:
        """Count a rating."""
        self._feedback.labels(rating).inc()

    def requested(self, route: str, status: int, seconds: float) -> None:
        """Count a request, by its route's pattern."""
        self._requests.labels(route, str(status)).observe(seconds)

    def shown(self) -> bytes:
        """All of it, in Prometheus' text format."""
        return generate_latest(self._registry)

    def _seconds(self, name: str, says: str, *labels: str) -> Histogram:
        return Histogram(f"footnote_{name}_seconds", says, labels, registry=self._registry, buckets=BUCKETS)

    def _count(self, name: str, says: str, *labels: str) -> Counter:
        return Counter(f"footnote_{name}", says, labels, registry=self._registry)


class _FromBase(Collector):
    """What is not counted but read, whenever it is asked for."""

    def __init__(self, knowledge: Knowledge, line: Line) -> None:
        self._knowledge = knowledge
        self._ledger = Ledger(knowledge.catalogue.engine)
        self._line = line

    def collect(self) -> Iterator[Metric]:
        """The index, the line, and what answers have cost so far."""
        yield from self._index()
        line = GaugeMetricFamily("footnote_questions", "Questions in the line", labels=["state"])
        for state, length in zip(("answering", "waiting"), self._line.lengths, strict=True):
            line.add_metric([state], length)
        yield line
        yield from self._spent()

    def _index(self) -> Iterator[Metric]:
        """Of whatever index is there, also of one that another embedder wrote; nothing where there is none."""
        if active := self._knowledge.catalogue.active():
            articles, chunks = self._knowledge.catalogue.count(active.number)
            yield GaugeMetricFamily("footnote_articles", "Articles in the index", articles)
            yield GaugeMetricFamily("footnote_chunks", "Chunks in the index", chunks)
            age = time.time() - self._knowledge.vectors.written
            yield GaugeMetricFamily("footnote_index_age_seconds", "Since the index last changed", age)

    def _spent(self) -> Iterator[Metric]:
        tokens = CounterMetricFamily("footnote_tokens", "Tokens of models", labels=["kind", "model", "direction"])
        money = CounterMetricFamily("footnote_cost_usd", "Paid for answers, US dollars", labels=["kind", "model"])
        for total in self._ledger.totals():
            tokens.add_metric([total.kind, total.model, "input"], total.input_tokens)
            tokens.add_metric([total.kind, total.model, "output"], total.output_tokens)
            money.add_metric([total.kind, total.model], total.cost_usd)
        yield from (tokens, money)
