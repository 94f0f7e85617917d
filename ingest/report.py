"""What an ingest did: counts of articles, rejected documents with the reason, embeddings computed and saved."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any


@dataclass
class Report:
    """Counts are articles, but for ``computed`` and ``reused``, which are chunks; ``asked`` are lines told aside."""

    added: int = 0
    changed: int = 0
    removed: int = 0
    unchanged: int = 0
    computed: int = 0
    reused: int = 0
    rejected: list[dict[str, str]] = field(default_factory=list)
    renamed: list[dict[str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    held: list[dict[str, Any]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    @property
    def changed_something(self) -> bool:
        """Did an article come, change or go?"""
        return bool(self.added or self.changed or self.removed)

    def add(self, other: "Report") -> None:
        """Count in what another report says."""
        for one in fields(self):
            setattr(self, one.name, getattr(self, one.name) + getattr(other, one.name))

    def as_dict(self) -> dict[str, Any]:
        """The shape other tools rely on; ``renamed``, ``notes`` and ``held`` are there only when there is something."""
        shown: dict[str, Any] = {name: getattr(self, name) for name in ("added", "changed", "removed", "unchanged")}
        shown["rejected"] = self.rejected
        shown["embeddings"] = {"computed": self.computed, "reused": self.reused}
        said = {"renamed": self.renamed, "notes": self.notes, "held": self.held}
        return shown | {name: told for name, told in said.items() if told}


def loss_in_words(held: Mapping[str, Any]) -> str:
    """What an entry of ``held`` would have taken away, see ``ingest.loss``."""
    return (
        f"of {held['articles']} articles {held['would_go']} would go and {held['would_shrink']} shrink, "
        f"with {held['share_of_text']:.0%} of the text"
    )
