"""Changed models: one that is another than the one that wrote before under its name is told, once for each change."""

import logging
import threading
from collections.abc import Callable

from assistant.ledger import Ledger

log = logging.getLogger(__name__)


class ChangedModels:
    """``when_changed`` is called with the model's name. Safe to use from several threads."""

    def __init__(self) -> None:
        self.when_changed: Callable[[str], None] = lambda model: None
        self._told: dict[str, str] = {}  # the digest of each model that was told to be another
        self._telling = threading.Lock()

    def compare(self, ledger: Ledger, name: str, now: str) -> None:
        """Tell the owner when ``now`` is not the digest that the ledger has; an empty one says nothing."""
        before = ledger.last_digest(name) if now and ledger.adds else ""
        if before and before != now and self._first_to_tell(name, now):
            log.warning(
                "the model %s has changed since it last wrote (%.12s, now %.12s): `footnote eval run --model %s` says "
                "whether its answers are as good", name, before, now, name,
            )  # fmt: skip
            self.when_changed(name)

    def _first_to_tell(self, name: str, digest: str) -> bool:
        """Is this change still to be told? The ledger has the digest only after the first answer."""
        with self._telling:
            told, self._told[name] = self._told.get(name), digest
            return told != digest
