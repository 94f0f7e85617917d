"""Configurations side by side: quality, time, tokens and money, and in a sentence how each differs from the first."""

from collections.abc import Mapping, Sequence

from evals.compare import compare
from evals.row import Row
from evals.summary import TAKEN, Summary, amount
from knowledge.errors import UsageError

QUALITY = ("answered_right", "refused_right", "fact_recall", "judged_facts", "citation_recall")


def side_by_side(summaries: Sequence[Summary]) -> list[list[str]]:
    """A head and a line for each; what no answer has or took is left out."""
    names = [
        name
        for name in (*QUALITY, *TAKEN)
        if any(name in one.figures and (name in QUALITY or one.figures[name].mean) for one in summaries)
    ]
    head = ["configuration", "pass", *(f"{TAKEN[name]} a question" if name in TAKEN else name for name in names)]
    return [head, *([one.name, f"{one.counts['pass']} of {one.cases}", *_cells(one, names)] for one in summaries)]


def verdicts(rows: Mapping[str, Sequence[Row]]) -> list[str]:
    """Each configuration against the first, see ``Comparison.sentence``; one that answered nothing has none."""
    first, *others = rows.items()
    found = []
    for other in others:
        try:
            found.append(compare(first, other).sentence)
        except UsageError:
            found.append(f"{other[0]} and {first[0]} have no answered case in common.")
    return found


def _cells(one: Summary, names: Sequence[str]) -> list[str]:
    return [_cell(name, one.figures[name].mean) if name in one.figures else "" for name in names]


def _cell(name: str, mean: float) -> str:
    return amount(name, mean) if name in TAKEN else f"{mean:.3f}"
