"""Orders: what an owner asked for, as plain values, so that another process can carry it out."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, get_args

from ingest.fetching.crawl import Caps
from ingest.loss import MOST
from ingest.progress import Progress
from ingest.rebuild import rebuild
from ingest.removal import remove_source
from ingest.report import Report
from ingest.site import Web
from ingest.sources import Source, find_source
from ingest.sync import Options, sync
from knowledge.errors import UsageError
from knowledge.wiring import Knowledge


@dataclass(frozen=True, slots=True)
class Ingest:
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
        found: list[Source] = [find_source(given, web) for given in self.sources]
        return sync(knowledge, found, progress, Options(self.dry_run, self.most_lost))


@dataclass(frozen=True, slots=True)
class Rebuild:
    """``embedder`` as it is set where the order is from, and the digest of its fingerprint."""

    embedder: str
    digest: str

    def carried_out(self, knowledge: Knowledge, progress: Progress) -> Report:
        """Do it; see ``rebuild``.

        Raises:
            UsageError: the base is open with another embedder or chunker than the order was given with.
        """
        here = knowledge.fingerprint()
        if here.digest != self.digest:
            raise UsageError(
                f"the base is in use with embedder {here.embedder} (chunker {here.chunker}), "
                f"and this rebuild is for embedder {self.embedder}, or for another chunker",
                f"stop the server, rebuild, start it with FOOTNOTE_EMBEDDER={self.embedder}; "
                f"or rebuild for the one in use with FOOTNOTE_EMBEDDER={here.embedder}",
            )
        return rebuild(knowledge, progress)


@dataclass(frozen=True, slots=True)
class Removal:
    """``source`` as ``footnote sources`` prints it, or the absolute path that it means."""

    source: str
    path: str

    def carried_out(self, knowledge: Knowledge, progress: Progress) -> Report:
        """Do it; see ``remove_source``."""
        held = self.source in knowledge.catalogue.sources()
        return remove_source(knowledge, self.source if held else self.path)


# Each has ``carried_out(knowledge, progress)``, which raises a FootnoteError where it cannot be done.
Order = Ingest | Rebuild | Removal
KINDS = {kind.__name__.lower(): kind for kind in get_args(Order)}


def written(order: Order) -> dict[str, Any]:
    """The order as JSON holds it."""
    return {"kind": type(order).__name__.lower(), **asdict(order)}


def read(given: Mapping[str, Any]) -> Order:
    """The order that ``written`` wrote."""
    values = dict(given)
    made: Order = KINDS[values.pop("kind")](**values)
    return made
