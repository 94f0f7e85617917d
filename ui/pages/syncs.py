"""What the owner sees of syncs: the one that goes on, and the last one of each source."""

from collections.abc import Iterable, Mapping

from ingest import journal
from ingest.progress import Running
from knowledge.wiring import Knowledge

HEAD = ("source", "articles", "last sync", "added", "changed", "removed", "unchanged", "rejected", "held back")


def going_on(running: Running | None) -> Mapping[str, object]:
    """How far the server's ingest is; empty where there is none."""
    if running is None:
        return {}
    rate = {"rate": f"{running.rate:.1f}/s"} if running.rate else {}
    return {"since": running.since, "done": str(running.step or "it has just begun")} | rate


def sources(knowledge: Knowledge) -> Iterable[Iterable[object]]:
    """A row of ``HEAD`` for each source that has articles, or of which a sync was held back or found none."""
    last, held = journal.read(knowledge.folder), knowledge.catalogue.sources()
    for source in sorted({*last, *held}):
        sync = last.get(source)
        done = (sync.added, sync.changed, sync.removed, sync.unchanged, sync.rejected, sync.held) if sync else ()
        yield source, held.get(source, 0), sync.at if sync else "not known", *(done or ("",) * 6)
