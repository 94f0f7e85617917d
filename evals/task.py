"""A task: one case to be asked under one configuration, once; what comes of it is a row."""

from dataclasses import dataclass

from evals.case import Case
from evals.row import Key, Row, Status


@dataclass(frozen=True, slots=True)
class Task:
    """``repeat`` counts from 1."""

    suite: str
    case: Case
    configuration: str
    repeat: int = 1

    @property
    def key(self) -> Key:
        """That of its row."""
        return self.suite, self.case.id, self.configuration, self.repeat

    def row(self, status: Status, reason: str) -> Row:
        """A row without an answer."""
        case = self.case
        return Row(
            self.suite, case.id, self.configuration, self.repeat, status, reason, case.turns or (case.asked,),
            case.language, case.answerable, case.tags, case.articles, dict.fromkeys(case.facts, False),
        )  # fmt: skip
