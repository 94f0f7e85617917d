"""The gate: one rule that decides what is told, the exit code and JUnit alike.

A case must pass unless it is accepted as failing, nothing may error, and no metric may fall below its accepted value.
A case that is older than its article and does not pass closes it as well, under its own name: mend the case, or accept.
What is accepted stands in ``accepted.json`` beside the suites; only ``footnote eval accept`` changes it.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from evals.metrics.scores import METRICS
from evals.results import Run
from evals.row import Row
from evals.summary import by_case, outcome, summarise, value
from knowledge.errors import UsageError

FILE = "accepted.json"
# Two in a hundred: less is a change of a case or two.
TOLERANCE = 0.02

GATED = tuple(name for name, (_, better) in METRICS.items() if better)

RED = ("fail", "stale", "error")

Judgement = Literal["pass", "accepted failure", "fail", "stale", "error", "skipped"]
# suite -> configuration -> {"cases", "failures", "metrics", "versions"}
Accepted = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Check:
    """One thing the gate looked at: a case, or a metric of a suite. ``reason`` says why it does not hold.

    ``scores`` are a case's metrics, the mean of its repeats.
    """

    suite: str
    configuration: str
    name: str
    judgement: Judgement
    reason: str = ""
    seconds: float = 0.0
    scores: Mapping[str, float] = field(default_factory=dict)

    @property
    def red(self) -> bool:
        """Does it close the gate?"""
        return self.judgement in RED


def checks(run: Run, accepted: Accepted) -> list[Check]:
    """Every check of a run, cases first; the gate is open when none is red."""
    found: list[Check] = []
    for suite in run.suites:
        for configuration in run.configurations:
            rows = run.of(configuration, suite)
            known = accepted.get(suite, {}).get(configuration, {})
            found += [_case(repeats, known.get("failures", ())) for repeats in by_case(rows).values()]
            found += _metrics(suite, configuration, rows, known.get("metrics", {}))
    return found


def moved(run: Run, accepted: Accepted) -> Iterator[tuple[str, str, str, float, float]]:
    """Suite, configuration, metric, its value now and the accepted one, wherever they differ by half a thousandth."""
    for suite in run.suites:
        for configuration in run.configurations:
            rows = run.of(configuration, suite)
            figures = summarise("", rows).figures
            for name, known in accepted.get(suite, {}).get(configuration, {}).get("metrics", {}).items():
                if name in figures and abs(figures[name].mean - known) >= 0.0005:
                    yield suite, configuration, name, figures[name].mean, known


def verdict(found: Sequence[Check]) -> str:
    """The gate in a sentence, with the first few reasons."""
    red = [check for check in found if check.red]
    counts = Counter(check.judgement for check in found)
    aside = f"{counts['accepted failure']} accepted failures, {counts['stale']} stale, {counts['skipped']} skipped"
    if not red:
        return f"The gate is open: {len(found)} checks, {aside}."
    told = "; ".join(f"{check.suite} {check.name} ({check.configuration}): {check.reason}" for check in red[:5])
    more = f"; and {len(red) - 5} more" if len(red) > 5 else ""
    return f"The gate is closed: {len(red)} of {len(found)} checks fail, {aside}. {told}{more}."


def read_accepted(folders: Sequence[Path]) -> dict[str, Any]:
    """What is accepted for the suites of these folders; empty where nothing is.

    Raises:
        UsageError: a file that is not one of ours.
    """
    found: dict[str, Any] = {}
    for path in {folder / FILE for folder in folders}:
        try:
            found |= json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        except (OSError, ValueError, TypeError) as error:
            raise UsageError(f"{path} cannot be read: {error}", "take it from version control again") from error
    return found


def accept(run: Run, suite: str, folder: Path) -> Path:
    """Write the run's results for one suite into the folder's file; other suites and configurations stay.

    Raises:
        UsageError: the run has errors or skipped cases: half a run cannot be a baseline.
    """
    all_of_it = read_accepted([folder])
    for configuration in run.configurations:
        rows = run.of(configuration, suite)
        if open_ends := sum(row.status in ("error", "skipped") for row in rows):
            raise UsageError(f"{suite} ({configuration}) has {open_ends} errors or skipped cases", "run it again")
        cases = by_case(rows)
        failures = sorted(case for (_, case), repeats in cases.items() if outcome(repeats) in ("fail", "stale"))
        metrics = {name: round(one.mean, 4) for name, one in summarise("", rows).figures.items() if name in GATED}
        all_of_it.setdefault(suite, {})[configuration] = {
            "cases": len(cases), "failures": failures, "metrics": metrics,
            "versions": {name: version for row in rows for name, version in row.versions.items()},
        }  # fmt: skip
    path = folder / FILE
    path.write_text(json.dumps(all_of_it, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return path


def _case(repeats: Sequence[Row], failures: Sequence[str]) -> Check:
    row, status = repeats[0], outcome(repeats)
    reason = next((one.reason for one in repeats if one.status == status), row.reason)
    judgement: Judgement = "accepted failure" if status in ("fail", "stale") and row.case in failures else status
    seconds = sum(one.metrics.get("total_ms") or 0.0 for one in repeats) / 1000
    scores = {name: one for name in METRICS if (one := value(repeats, name)) is not None}
    return Check(row.suite, row.configuration, row.case, judgement, reason, seconds, scores)


def _metrics(suite: str, configuration: str, rows: Sequence[Row], known: Mapping[str, float]) -> list[Check]:
    """A metric that no case has any more says nothing: where nothing is answered, nothing is cited."""
    figures = summarise("", rows).figures
    found = []
    for name, floor in known.items():
        if name in figures:
            mean = figures[name].mean
            fell = mean < floor - TOLERANCE
            reason = f"{mean:.3f}, accepted is {floor:.3f}" if fell else ""
            found.append(Check(suite, configuration, name, "fail" if fell else "pass", reason))
    return found
