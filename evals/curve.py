"""Coverage against false answers, for every place of the knob ``answer_when_sure``.

After El-Yaniv & Wiener (JMLR 2010) on risk and coverage. At a threshold the questions with at least that confidence are
answered: those that the articles answer are covered, the others are false answers. Confidence is given on refusals too,
so one run gives the whole curve.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from evals.row import Row


@dataclass(frozen=True, slots=True)
class Point:
    """Shares in [0, 1] at a threshold: answerable questions answered, unanswerable ones answered."""

    threshold: float
    coverage: float
    false_answers: float


def at(rows: Sequence[Row], threshold: float) -> Point | None:
    """The point of a threshold; None without questions of both kinds."""
    sure = [(row.answerable, row.answer["confidence"] >= threshold) for row in rows if row.answer]
    yes = [answered for answerable, answered in sure if answerable]
    no = [answered for answerable, answered in sure if not answerable]
    return Point(threshold, sum(yes) / len(yes), sum(no) / len(no)) if yes and no else None


def curve(rows: Sequence[Row]) -> list[Point]:
    """Points at thresholds 0, 0.01 ... 1, from answering everything to answering nothing."""
    points = (at(rows, step / 100) for step in range(101))
    return [point for point in points if point]
