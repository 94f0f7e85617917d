"""What an ingest did: counts of articles, rejected documents with the reason, embeddings computed and saved."""

from dataclasses import dataclass, field
from typing import Any


@dataclass
class Report:
    """Counts are articles, but for ``computed`` and ``reused``, which are chunks."""

    added: int = 0
    changed: int = 0
    removed: int = 0
    unchanged: int = 0
    computed: int = 0
    reused: int = 0
    rejected: list[dict[str, str]] = field(default_factory=list)
    renamed: list[dict[str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        """The shape other tools rely on; ``renamed`` and ``notes`` are there only when there is something."""
        shown: dict[str, Any] = {name: getattr(self, name) for name in ("added", "changed", "removed", "unchanged")}
        shown["rejected"] = self.rejected
        shown["embeddings"] = {"computed": self.computed, "reused": self.reused}
        said = {"renamed": self.renamed, "notes": self.notes}
        return shown | {name: told for name, told in said.items() if told}
