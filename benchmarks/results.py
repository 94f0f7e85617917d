"""Writes the README's table of results from what is accepted: ``python -m benchmarks.results``, ``make results``."""

import re
from pathlib import Path
from typing import Any

from evals.baseline import read_accepted
from evals.suites import BUNDLED

README = Path(__file__).parent.parent / "README.md"
MARKS = re.compile(r"(<!-- results -->\n).*?(<!-- end of results -->)", re.DOTALL)
COLUMNS = ("answered_right", "refused_right", "fact_recall", "mrr", "citation_recall", "quotes_true")


def table(accepted: dict[str, Any]) -> str:
    """A Markdown line a suite and configuration: cases that pass, and shares in percent."""
    lines = ["| suite | writer | cases | pass | " + " | ".join(name.replace("_", " ") for name in COLUMNS) + " |"]
    lines.append("|---" * (4 + len(COLUMNS)) + "|")
    for suite, own in sorted(accepted.items()):
        for configuration, known in sorted(own.items()):
            metrics = (known["metrics"].get(name) for name in COLUMNS)
            shares = ["" if value is None else f"{100 * value:.0f}" for value in metrics]
            passed = known["cases"] - len(known["failures"])
            lines.append(f"| {suite} | {configuration} | {known['cases']} | {passed} | {' | '.join(shares)} |")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Command line."""
    text = README.read_text(encoding="utf-8")
    README.write_text(MARKS.sub(lambda found: found[1] + table(read_accepted([BUNDLED])) + found[2], text), "utf-8")


if __name__ == "__main__":
    main()
