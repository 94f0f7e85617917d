"""The rows as CSV, one a line, for a spreadsheet."""

import csv
import io

from evals.metrics.scores import METRICS
from evals.results import Run

COLUMNS = ("suite", "case", "configuration", "repeat", "status", "reason", "language", "answerable")
# A spreadsheet takes a cell that begins with one of these for a formula (OWASP, "CSV Injection").
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def table(run: Run) -> str:
    """CSV text with a head."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([*COLUMNS, "question", "answer", "confidence", *METRICS])
    for row in run.rows:
        answer = row.answer or {}
        told = [getattr(row, name) for name in COLUMNS]
        told += [row.turns[-1], answer.get("answer", ""), answer.get("confidence", "")]
        writer.writerow([_safe(cell) for cell in [*told, *(row.metrics.get(name, "") for name in METRICS)]])
    return out.getvalue()


def _safe(cell: object) -> object:
    return "'" + cell if isinstance(cell, str) and cell.startswith(FORMULA) else cell
