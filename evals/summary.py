"""Sums up rows: counts of every outcome, and each metric with its interval, over a slice of the cases."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from evals.metrics.scores import METRICS
from evals.metrics.statistics import Interval, average, interval
from evals.row import JUDGED, STATUSES, Row, Status

CaseKey = tuple[str, str]  # suite, case

# What an answer takes, with its unit.
TAKEN = {"total_ms": "ms", "input_tokens": "tokens read", "output_tokens": "tokens written", "cost_usd": "dollars",
         "judge_cost_usd": "dollars to judge"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Figure:
    """A mean over ``cases`` cases, with its 95 % interval."""

    mean: float
    interval: Interval
    cases: int


@dataclass(frozen=True, slots=True)
class Summary:
    """``counts`` has every status, of cases; a case repeated counts once."""

    name: str
    counts: Mapping[Status, int]
    figures: Mapping[str, Figure]

    @property
    def cases(self) -> int:
        """All of them."""
        return sum(self.counts.values())

    @property
    def told(self) -> str:
        """The counts in words, no kind left out."""
        return ", ".join(f"{self.counts[status]} {status}" for status in STATUSES)

    @property
    def taken(self) -> str:
        """Time, tokens and money a question, where any were taken."""
        means = {name: self.figures[name].mean for name in TAKEN if name in self.figures}
        told = [f"{amount(name, mean)} {TAKEN[name]}" for name, mean in means.items() if mean]
        return f"; a question takes {', '.join(told)}" if told else ""


def amount(metric: str, value: float) -> str:
    """A mean of what is taken: money with its first two digits, the rest in whole numbers."""
    return f"{value:.2g}" if metric.endswith("_usd") else f"{value:.0f}"


def by_case(rows: Iterable[Row]) -> dict[CaseKey, list[Row]]:
    """The repeats of each case."""
    found: dict[CaseKey, list[Row]] = defaultdict(list)
    for row in rows:
        found[row.suite, row.case].append(row)
    return found


def outcome(repeats: Sequence[Row]) -> Status:
    """Of a case asked several times: an error counts; else it passes when most of its repeats do."""
    counts = Counter(row.status for row in repeats)
    if counts["error"]:
        return "error"
    if counts["skipped"] == len(repeats):
        return "skipped"
    if 2 * counts["pass"] > sum(counts[status] for status in JUDGED):
        return "pass"
    return "stale" if counts["stale"] else "fail"


def value(repeats: Sequence[Row], metric: str) -> float | None:
    """A case's value of a metric: the mean of its repeats; None for a stale one, whose facts are not today's."""
    return average([row.metrics.get(metric) for row in repeats if row.status != "stale"])


def summarise(name: str, rows: Sequence[Row]) -> Summary:
    """One slice."""
    cases = by_case(rows)
    counts = Counter(outcome(repeats) for repeats in cases.values())
    return Summary(name, {status: counts[status] for status in STATUSES}, _figures(cases))


def slices(rows: Sequence[Row]) -> list[Summary]:
    """By suite, by language, by tag and by whether there is an answer, in that order."""
    kinds: list[tuple[str, Callable[[Row], Sequence[str]]]] = [
        ("suite", lambda row: [row.suite]),
        ("language", lambda row: [row.language]),
        ("answerable", lambda row: ["yes" if row.answerable else "no"]),
        ("tag", lambda row: row.tags),
    ]
    return [
        summarise(f"{kind}: {name}", [row for row in rows if name in of(row)])
        for kind, of in kinds
        for name in sorted({name for row in rows for name in of(row)})
    ]


def _figures(cases: Mapping[CaseKey, Sequence[Row]]) -> dict[str, Figure]:
    found = {}
    for metric in METRICS:
        values = [one for repeats in cases.values() if (one := value(repeats, metric)) is not None]
        if values:
            found[metric] = Figure(sum(values) / len(values), interval(values), len(values))
    return found
