"""A memo: what was read from the database since it was last written, for what every question reads again."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

Key = TypeVar("Key")
Found = TypeVar("Found")

# Small things of a kind that are kept; beyond, that kind begins anew.
MOST = 10_000


class Memo:
    """Whoever writes takes a new one, so that what is being read at that moment does not get into it."""

    def __init__(self) -> None:
        self._kept: dict[str, Any] = {}

    def one(self, name: str, find: Callable[[], Found]) -> Found:
        """What ``find`` gives, asked once."""
        if name not in self._kept:
            self._kept[name] = find()
        found: Found = self._kept[name]
        return found

    def each(
        self, kind: str, keys: Iterable[Key], find: Callable[[list[Key]], Mapping[Key, Found]], most: int = MOST
    ) -> dict[Key, Found]:
        """By key, in order; ``find`` is asked for those not known yet, and what it does not find is left out."""
        kept: dict[Key, Found] = self._kept.setdefault(kind, {})
        wanted = list(dict.fromkeys(keys))
        if missing := [key for key in wanted if key not in kept]:
            if len(kept) + len(missing) > most:
                kept = self._kept[kind] = {}
                missing = wanted
            kept.update(find(missing))
        return {key: kept[key] for key in wanted if key in kept}
