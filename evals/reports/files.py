"""All reports of a run, written beside its results."""

from collections.abc import Sequence
from pathlib import Path

from evals.baseline import Accepted, Check
from evals.reports.junit import junit
from evals.reports.markdown import markdown
from evals.reports.page import page
from evals.reports.table import table
from evals.results import Run


def write_reports(folder: Path, run: Run, checks: Sequence[Check], accepted: Accepted) -> list[Path]:
    """CSV, JUnit, Markdown and the page; their paths."""
    texts = {
        "results.csv": table(run),
        "junit.xml": junit(checks),
        "summary.md": markdown(run, checks, accepted),
        "report.html": page(run, checks, accepted),
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8", errors="replace")
    return [folder / name for name in texts]
