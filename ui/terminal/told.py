"""What an ingest did, as an owner reads it on the command line."""

import sys
from typing import Any

from ingest.report import Report, loss_in_words
from ui.terminal import console


def tell(report: Report, dry_run: bool) -> None:
    """Print counts, then what was not taken and why."""
    done = "would be " if dry_run else ""
    console.text(
        f"{report.added} articles {done}added, {report.changed} changed, {report.removed} removed, "
        f"{report.unchanged} unchanged, {len(report.rejected)} rejected"
    )
    console.text(f"{report.computed} embeddings computed, {report.reused} reused")
    for rejected in report.rejected:
        console.text(f"rejected: {rejected['source']}: {rejected['reason']}")
    for told in report.notes:
        console.text(f"note: {told}")
    for renamed in report.renamed:
        console.text(
            f"renamed: {renamed['source']}: the id {renamed['wanted']!r} is taken, now {renamed['article_id']!r}"
        )
    for held in report.held:
        _tell_held(held)
    sys.stdout.flush()  # whoever reads it from a pipe is not kept waiting until the end


def _tell_held(held: dict[str, Any]) -> None:
    console.text(f"held back: {held['source']}: {loss_in_words(held)}; nothing of it was changed")
    for name in ("gone", "shrunk"):
        for article_id in held[name]:
            console.text(f"  {name}: {article_id}")
    console.text("  if that is right: the same command with --max-loss 100")
