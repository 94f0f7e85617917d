"""An order to ingest: what an owner asked for, as plain values, so that another process can carry it out."""

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.fetching.crawl import Caps
from ingest.loss import MOST
from ingest.progress import Progress
from ingest.report import Report
from ingest.site import Web
from ingest.sources import Collection, find_source
from ingest.sync import Options, sync
from knowledge.wiring import Knowledge


@dataclass(frozen=True, slots=True)
class Order:
    """``sources`` as ``find_source`` takes them, with absolute paths; the rest as ``Web`` and ``Options`` have it."""

    sources: Sequence[str]
    dry_run: bool = False
    most_lost: float = MOST
    pause: float = 1.0
    max_pages: int = Caps().pages
    allow_private: bool = False

    def carried_out(self, knowledge: Knowledge, progress: Progress) -> Report:
        """Do it; see ``sync``."""
        caps = Caps(pages=self.max_pages)
        web = Web(knowledge.folder, self.pause, self.allow_private, caps, progress=progress)
        found: list[Collection] = [find_source(given, web) for given in self.sources]
        return sync(knowledge, found, progress, Options(self.dry_run, self.most_lost))
