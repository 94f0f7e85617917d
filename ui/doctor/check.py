"""The result of one check."""

from dataclasses import asdict, dataclass
from typing import Any, Literal

State = Literal["ok", "warn", "fail"]


@dataclass(frozen=True, slots=True)
class Check:
    """``fix`` is one line that mends it, '' when nothing is wrong. A ``warn`` does not stop Footnote from working."""

    name: str
    state: State
    found: str
    fix: str = ""

    def as_dict(self) -> dict[str, Any]:
        """Plain values."""
        return asdict(self)
