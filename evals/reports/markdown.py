"""The summary as Markdown: for a pull request, and for the terminal."""

from collections.abc import Sequence

from evals.baseline import Accepted, Check, moved, verdict
from evals.provenance import told
from evals.reports.side_by_side import side_by_side, verdicts
from evals.results import Run
from evals.row import STATUSES
from evals.stale import told as aged
from evals.summary import TAKEN, Figure, Summary, amount, slices, summarise

SHOWN = ("answered_right", "refused_right", "fact_recall", "mrr", "citation_recall", "quotes_true")
LISTED = 50


def markdown(run: Run, checks: Sequence[Check], accepted: Accepted) -> str:
    """Gate, configurations, slices and what closes the gate."""
    by_name = run.by_configuration
    parts = ["# Eval run", cell(verdict(checks))]
    if len(by_name) > 1:
        compared = side_by_side([summarise(name, rows) for name, rows in by_name.items()])
        parts += ["## Side by side", _piped(compared), *map(cell, verdicts(by_name))]
    for configuration, rows in by_name.items():
        whole = summarise("all cases", rows)
        parts += [f"## {cell(configuration)}", f"{whole.cases} cases: {whole.told}.", _table([whole, *slices(rows)])]
        if changes := _changes(run, configuration, accepted):
            parts += ["Against what is accepted:", changes]
    if red := [check for check in checks if check.red]:
        lines = [f"- {cell(f'{c.suite} {c.name} ({c.configuration})')}: {cell(c.reason)}" for c in red[:LISTED]]
        parts += ["## What closes the gate", "\n".join([*lines, *_rest(len(red))])]
    if older := {f"{row.suite} {row.case}": row.changed for row in run.rows if row.changed}:
        lines = [f"- {cell(f'{name}: {aged(changed)}')}" for name, changed in list(older.items())[:LISTED]]
        parts += ["## Stale cases", "\n".join([*lines, *_rest(len(older))])]
    return "\n\n".join([*parts, told(run.about)]) + "\n"


def figure(name: str, one: Figure | None) -> str:
    """A metric's mean with its interval: shares as ``0.812 (0.75–0.87)``, the rest as ``amount`` has it."""
    if one is None:
        return ""
    low, high = one.interval
    if name in TAKEN:
        return f"{amount(name, one.mean)} ({amount(name, low)}–{amount(name, high)})"
    return f"{one.mean:.3f} ({low:.2f}–{high:.2f})"


def cell(text: str) -> str:
    """Foreign text that can neither end a cell nor begin markup."""
    folded = " ".join(text.split()).replace("\\", "\\\\").replace("|", "\\|")
    return folded.replace("<", "&lt;").replace("[", "\\[").replace("`", "\\`").replace("*", "\\*").replace("_", "\\_")


def _table(summaries: Sequence[Summary]) -> str:
    names = [name for name in SHOWN if any(name in one.figures for one in summaries)]
    names += [name for name in TAKEN if any(name in one.figures and one.figures[name].mean for one in summaries)]
    lines = [["slice", *STATUSES, *names]]
    for one in summaries:
        counts = [str(one.counts[status]) for status in STATUSES]
        lines.append([one.name, *counts, *(figure(name, one.figures.get(name)) for name in names)])
    return _piped(lines)


def _piped(lines: Sequence[Sequence[str]]) -> str:
    """A table whose first line is its head."""
    head, *body = lines
    told = [f"| {' | '.join(map(cell, line))} |" for line in body]
    return "\n".join([f"| {' | '.join(head)} |", f"|{' --- |' * len(head)}", *told])


def _changes(run: Run, configuration: str, accepted: Accepted) -> str:
    lines = [
        f"- {cell(suite)}: {cell(name)} {now - known:+.3f} {'▲' if now > known else '▼'}"
        for suite, own, name, now, known in moved(run, accepted)
        if own == configuration
    ]
    return "\n".join(lines)


def _rest(count: int) -> list[str]:
    return [f"- and {count - LISTED} more"] if count > LISTED else []
