"""Compares two configurations case by case: flips, deltas with intervals, paired tests, a sentence on what follows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from evals.metrics.scores import METRICS
from evals.metrics.statistics import Interval, interval, mcnemar, permutation_test
from evals.results import Run, read
from evals.row import Row
from evals.summary import TAKEN, CaseKey, amount, by_case, outcome, value
from knowledge.errors import UsageError

# The usual level; said in the sentence, so that nobody has to know it.
SURE = 0.05
# What is told beside quality.
PRICES = ("total_ms", "output_tokens", "cost_usd")


@dataclass(frozen=True, slots=True)
class Delta:
    """A metric in A and in B over the cases that both have; ``interval`` and ``p`` are of the paired difference."""

    metric: str
    a: float
    b: float
    interval: Interval
    p: float
    cases: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """``gained`` pass in B alone, ``lost`` in A alone; ``apart`` were asked in one run only or came to no answer.

    ``leaves``: did any question of A, of B, leave the owner's environment?
    """

    a: str
    b: str
    cases: int
    apart: int
    passed: tuple[int, int]
    gained: Sequence[CaseKey]
    lost: Sequence[CaseKey]
    deltas: Sequence[Delta]
    leaves: tuple[bool, bool] = (False, False)

    @property
    def p(self) -> float:
        """Of the flips, McNemar's exact test."""
        return mcnemar(len(self.gained), len(self.lost))

    @property
    def sentence(self) -> str:
        """What follows, in plain words."""
        points = 100 * (self.passed[1] - self.passed[0]) / self.cases
        flips = f"{len(self.gained)} cases gained, {len(self.lost)} lost of {self.cases} (p = {self.p:.3f})"
        if self.p >= SURE:
            return f"These cases cannot tell {self.a} and {self.b} apart: {points:+.1f} points, {flips}.{self._rest()}"
        better, worse = (self.b, self.a) if points > 0 else (self.a, self.b)
        return f"{better} is better than {worse}: {abs(points):.1f} points more cases pass, {flips}.{self._rest()}"

    def _rest(self) -> str:
        """Time and money of B against A, where both are known, and with which of them questions leave."""
        found = {delta.metric: delta for delta in self.deltas}
        told = [
            f" {self.b} takes {amount(name, found[name].b)} {TAKEN[name]} a question, "
            f"{self.a} {amount(name, found[name].a)}."
            for name in PRICES
            if name in found and (found[name].a or found[name].b)
        ]
        told += [
            f" With {name} questions and passages leave your environment."
            for name, leaves in zip((self.a, self.b), self.leaves, strict=True)
            if leaves
        ]
        return "".join(told)


def rows_of(given: str) -> tuple[str, list[Row]]:
    """A name and the rows of ``RUN`` or ``RUN:CONFIGURATION``.

    Raises:
        UsageError: no such run or configuration, or several and none was named.
    """
    path, wanted = _split(given)
    run: Run = read(Path(path))
    names = run.configurations
    if (wanted and wanted not in names) or (not wanted and len(names) != 1):
        raise UsageError(
            f"{given!r} does not name one of {', '.join(names)}", f"give RUN:NAME, as in {path}:{names[0]}"
        )
    return given, run.of(wanted or names[0])


def _split(given: str) -> tuple[str, str]:
    """The longest part that is a path, and the rest: models' names have colons too."""
    parts = given.split(":")
    for length in range(len(parts), 0, -1):
        if Path(path := ":".join(parts[:length])).exists():
            return path, ":".join(parts[length:])
    return given, ""


def compare(a: tuple[str, Sequence[Row]], b: tuple[str, Sequence[Row]]) -> Comparison:
    """Over the cases that both answered.

    Raises:
        UsageError: there is none.
    """
    first, second = by_case(a[1]), by_case(b[1])
    both = [key for key in first if key in second and {outcome(first[key]), outcome(second[key])} <= {"pass", "fail"}]
    if not both:
        raise UsageError(f"{a[0]} and {b[0]} have no answered case in common", "compare runs of the same suites")
    before = {key for key in both if outcome(first[key]) == "pass"}
    after = {key for key in both if outcome(second[key]) == "pass"}
    return Comparison(
        a[0], b[0], len(both), len(first.keys() | second.keys()) - len(both), (len(before), len(after)),
        sorted(after - before), sorted(before - after), _deltas(both, first, second), (_leaves(a[1]), _leaves(b[1])),
    )  # fmt: skip


def _leaves(rows: Sequence[Row]) -> bool:
    return any(row.answer and row.answer.get("left_environment") for row in rows)


def _deltas(
    both: Sequence[CaseKey], first: Mapping[CaseKey, Sequence[Row]], second: Mapping[CaseKey, Sequence[Row]]
) -> list[Delta]:
    found = []
    for metric in METRICS:
        pairs = [(value(first[key], metric), value(second[key], metric)) for key in both]
        known = [(x, y) for x, y in pairs if x is not None and y is not None]
        if known:
            moved = [y - x for x, y in known]
            means = [sum(column) / len(known) for column in zip(*known, strict=True)]
            found.append(Delta(metric, means[0], means[1], interval(moved), permutation_test(moved), len(known)))
    return found
