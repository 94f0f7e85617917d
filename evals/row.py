"""A row: what became of one case under one configuration. A failure is a row with its reason, never a gap."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

# fail: answered, and not as it should be. stale: the same, and the case is older than its article: mend the case first.
# error: no answer to judge. skipped: not asked.
Status = Literal["pass", "fail", "stale", "error", "skipped"]
STATUSES: tuple[Status, ...] = ("pass", "fail", "stale", "error", "skipped")
JUDGED: tuple[Status, ...] = ("pass", "fail", "stale")

Key = tuple[str, str, str, int]  # suite, case, configuration, repeat


@dataclass(frozen=True, slots=True)
class Row:
    """``answer`` is the documented answer, None where there is none; ``hits`` what was read, with gold marks.

    ``facts`` tells for each fact whether it was said. ``metrics`` has the names of ``evals.metrics.scores.METRICS``.
    ``versions`` are the digests of the case's articles, ``changed`` those that the case is older than, also where it
    passes. ``judged`` has the judge's finding for each fact.
    """

    suite: str
    case: str
    configuration: str
    repeat: int
    status: Status
    reason: str
    turns: tuple[str, ...]
    language: str
    answerable: bool
    tags: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    facts: Mapping[str, bool] = field(default_factory=dict)
    metrics: Mapping[str, float | None] = field(default_factory=dict)
    answer: Mapping[str, Any] | None = None
    hits: tuple[Mapping[str, Any], ...] = ()
    versions: Mapping[str, str] = field(default_factory=dict)
    changed: tuple[str, ...] = ()
    judged: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    @property
    def key(self) -> Key:
        """Which row of a run it is."""
        return self.suite, self.case, self.configuration, self.repeat

    def as_dict(self) -> dict[str, Any]:
        """Plain values."""
        return asdict(self)


def row_of(given: Mapping[str, Any]) -> Row:
    """A row back from plain values."""
    lists = {name: tuple(given[name]) for name in ("turns", "tags", "articles", "hits", "changed")}
    return Row(**{**given, **lists})
