"""Syncing: what the owner starts from the page, done at the same desk as what commands hand over."""

import logging
import threading
from pathlib import Path

from knowledge.errors import FootnoteError

log = logging.getLogger(__name__)


class Syncing:
    """One at a time over all sources; ``failed`` is why the last one could not be done, '' where it could."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._one = threading.Lock()
        self.failed = ""

    def start(self, sources: list[str]) -> bool:
        """Begin in the background; False where one that was started here goes on."""
        if not self._one.acquire(blocking=False):
            return False
        threading.Thread(target=self._run, args=(sources,), name="sync", daemon=True).start()
        return True

    def _run(self, sources: list[str]) -> None:
        from ingest.handoff import ORDERS, hand_over
        from ingest.order import Ingest, written
        from ingest.progress import quiet

        self.failed = ""
        try:
            hand_over(written(Ingest(sources)), self._folder, ORDERS, quiet)
        except FootnoteError as error:
            self.failed = f"{error}; {error.hint}"
            log.error("the sync started from the page failed: %s", self.failed)
        finally:
            self._one.release()
