"""Rows made by hand."""

from typing import Any

from evals.results import Run
from evals.row import Row


def row(case: str, status: str = "pass", **given: Any) -> Row:
    """A row of the suite ``kitchen``; ``confidence`` makes it an answer with that one."""
    sure = given.pop("confidence", 0.9)
    values: dict[str, Any] = {
        "suite": "kitchen", "case": case, "configuration": "extractive", "repeat": 1, "status": status,
        "reason": "" if status == "pass" else "because", "turns": ("What?",), "language": "en", "answerable": True,
        "tags": ("list",), "metrics": {"fact_recall": 1.0 if status == "pass" else 0.0, "total_ms": 10.0},
        "answer": {"answer": "So. [1]", "confidence": sure, "model": {"name": "extractive"}, "trace_id": "t",
                   "citations": [{"n": 1, "title": "T", "section": "S", "quote": "So."}]},
        "hits": ({"article_id": "a", "section": "S", "score": 0.5, "gold": "fact", "text": "So."},),
    }  # fmt: skip
    return Row(**values | given)


def made(*rows: Row, **about: Any) -> Run:
    """A run of these rows."""
    return Run({"version": "0", "suites": {"kitchen": "x"}, "answer_when_sure": 0.45} | about, rows)
