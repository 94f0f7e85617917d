"""What the server holds: one open knowledge base, one assistant, and whether it is ready."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from fastapi import Request

from assistant.chain import Assistant
from assistant.conversations import Conversations
from assistant.feedback import Feedback, Rating
from assistant.models.model import ChatModel
from assistant.phrases import PHRASES
from assistant.question import check
from assistant.wiring import make_assistant, unrecorded
from knowledge.errors import IndexEmpty, IndexMismatch, UsageError
from knowledge.settings import Setting
from knowledge.wiring import Knowledge
from ui.handing.attending import attending
from ui.opened import open_base
from ui.server.line import Line
from ui.server.metrics import Metrics
from ui.server.owner import Owner
from ui.server.spans import Spans, to_collector
from ui.server.syncing import Syncing
from ui.server.visitors import Visitors, visitors_of

if TYPE_CHECKING:
    from ingest.desk import Desk


@dataclass
class Service:
    """Shared by all routes. ``warm`` loads the embedder; until it has, ``why_not_ready`` says so."""

    knowledge: Knowledge
    assistant: Assistant
    visitors: Visitors = field(default_factory=Visitors)
    line: Line = field(default_factory=Line)
    owner: Owner = field(default_factory=Owner)
    conversation_days: int = 30
    root_path: str = ""
    contact: str = ""
    spans: Spans | None = None
    orders: "Desk | None" = None
    _warm: bool = False

    @cached_property
    def conversations(self) -> Conversations:
        """What visitors asked and were answered."""
        return Conversations(self.knowledge.catalogue.engine, self.conversation_days)

    @cached_property
    def syncing(self) -> Syncing:
        """What the owner starts from the page."""
        return Syncing(self.knowledge.folder)

    @cached_property
    def feedback(self) -> Feedback:
        """Ratings of the answers."""
        return Feedback(self.knowledge.catalogue.engine)

    @cached_property
    def metrics(self) -> Metrics:
        """What the owner watches."""
        return Metrics(self.knowledge, self.line)

    def rate(self, trace_id: str, rating: str, reason: str = "", note: str = "") -> bool:
        """Keep what a visitor thought of an answer, ``none`` taking it back; False when there is no such answer.

        A reason that comes after its thumb is no second rating.
        """
        before = self.feedback.find(trace_id)
        if rating == "none":
            self.feedback.withdraw(trace_id)
        elif not self.feedback.rate(Rating(trace_id, rating, reason, note)):
            return False
        if rating != (before.rating if before else "none"):
            self.metrics.rated(rating)
        return True

    def address(self, request: Request) -> str:
        """Where this server is for whoever sent ``request``, with a slash at the end."""
        return f"{str(request.base_url).rstrip('/')}{self.root_path}/"

    def warm(self) -> None:
        """Load what the first question would wait for, by asking some: the embedder, what tells languages, glossaries.

        Raises:
            FootnoteError: it cannot be used.
        """
        for language in (None, *PHRASES):
            self.assistant.answers(check("warm up", language=language))
        self._warm = True

    @property
    def why_not_ready(self) -> str | None:
        """None when questions are answered at once, else the reason."""
        if not self._warm:
            return "the embedder is loading"
        try:
            generation = self.knowledge.generation()
        except IndexMismatch:
            return "the index was written by another embedder"
        except IndexEmpty:
            return "there are no articles"
        return None if self.knowledge.catalogue.count(generation)[1] else "there are no articles"


@contextmanager
def open_service(
    settings: Mapping[str, Setting], given: ChatModel | None = None, purpose: str = "serve"
) -> Iterator[Service]:
    """A service over the base of these settings, for as long as the block runs; ``purpose`` names its holder.

    Raises:
        IndexBusy, IndexEmpty, IndexMismatch, DataFolderError: see ``knowledge.wiring``.
        UsageError: the contact is no address.
    """
    from ui.server.model_watch import watching

    with open_base(settings, purpose) as knowledge:
        service = Service(
            knowledge=knowledge,
            assistant=make_assistant(knowledge, settings, given),
            visitors=visitors_of(settings),
            line=Line(int(settings["answers_at_once"].value), int(settings["answers_waiting"].value)),
            owner=Owner(str(settings["admin_token"].value)),
            conversation_days=int(settings["conversation_days"].value),
            root_path=str(settings["root_path"].value).rstrip("/"),
            contact=_contact(settings),
            spans=to_collector(collector) if (collector := str(settings["otlp_endpoint"].value)) else None,
        )
        silent = lambda: service.assistant.keeping(unrecorded(knowledge))  # noqa: E731 (made anew for each run)
        with (
            attending(knowledge, service.assistant) as service.orders,
            watching(service.assistant, silent, knowledge),
        ):
            try:
                yield service
            finally:
                if service.spans:
                    service.spans.close()


def _contact(settings: Mapping[str, Setting]) -> str:
    address = str(settings["contact"].value).strip()
    if address and urlsplit(address).scheme not in ("http", "https", "mailto"):
        raise UsageError(f"FOOTNOTE_CONTACT is {address!r}", "give an address that begins with https:// or mailto:")
    return address
