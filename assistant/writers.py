"""Writers: which model answers, chosen per question by the owner's policy, extraction always being there.

``local``: nothing leaves; a model on this machine or in its network writes, or extraction. ``closed``: a closed model
writes. ``escalate``: the local model writes, and only where its draft fails may a closed one try. ``auto`` is what the
policy says; it takes extraction where no model answers. A server that comes back is used without a restart.
"""

import math
import threading
import time
from dataclasses import dataclass, field

from assistant.budget import Budget, Metered
from assistant.models.breaker import Breaker
from assistant.models.listing import BELIEVED, Listing
from assistant.models.model import WINDOW, ChatModel, ModelFailed, Patience
from assistant.models.ollama import OllamaModel, import_client
from assistant.models.ollama_server import Listed, OllamaServer, full_name
from assistant.models.prices import Price
from assistant.models.steady import Steady
from knowledge.errors import UsageError

# Seconds until a server that did not tell a model's window is asked for it again.
UNTOLD = 60.0
FIXED = ("auto", "extractive", "local", "closed")
POLICIES = ("local", "closed", "escalate")


@dataclass(frozen=True)
class Closed:
    """A closed model with its price, and what may be spent on it."""

    model: ChatModel
    price: Price
    budget: Budget
    breaker: Breaker = field(default_factory=lambda: Breaker(lambda: True))


@dataclass
class Writers:
    """``preferred`` is the owner's model, ``num_ctx`` the window of all; ``given`` a local model in Ollama's place.

    ``moderator`` judges, so that it writes only where it is named as the writer too.
    """

    server: OllamaServer
    preferred: str = ""
    num_ctx: int = WINDOW
    patience: Patience = field(default_factory=Patience)
    given: ChatModel | None = None
    policy: str = "local"
    closed: Closed | None = None
    moderator: str = ""
    believed: float = BELIEVED
    _breakers: dict[str, Breaker] = field(default_factory=dict)
    _windows: dict[str, tuple[int, float]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self._listing = Listing(self.server, self.believed)

    def check(self, wanted: str) -> str:
        """``wanted``, where the policy allows it.

        Raises:
            UsageError: ``closed``, where it does not.
        """
        if wanted == "closed" and self.policy != "closed":
            raise UsageError(
                f"no closed model may write: the policy is {self.policy}",
                "use the model extractive or local, or set FOOTNOTE_POLICY=closed and FOOTNOTE_API_MODEL",
            )
        return wanted

    def choose(self, wanted: str, visitor: str = "") -> ChatModel | None:
        """The chat model for ``wanted``, or None for extraction.

        Raises:
            ModelFailed: ``wanted`` asks for a model and the server has none, or is not there.
        """
        if wanted == "extractive":
            return None
        if wanted == "closed" or (wanted == "auto" and self.policy == "closed"):
            return self._closed(visitor)
        if wanted not in FIXED:
            return self.named(wanted)
        return self._local(wanted == "local")

    def escalation(self, wanted: str, visitor: str = "") -> ChatModel | None:
        """The closed model that may try where the local draft fails; None where the policy has none."""
        return self._closed(visitor) if self.policy == "escalate" and wanted == "auto" else None

    def helper(self, wanted: str) -> ChatModel | None:
        """The local model for small tasks beside the answer (rewriting a question); None where there is none."""
        if wanted not in FIXED:
            return self.named(wanted)
        return None if wanted == "extractive" else self._local(False)

    def warm(self) -> str | None:
        """Bring the local model into memory, so that the first visitor does not wait for it; its name, if there is one.

        Raises:
            ModelFailed: it cannot be loaded.
        """
        name = None if self.given or self.policy == "closed" else self._local_name()
        if name:
            import_client()
            try:
                self.server.load(name, self._window(name))
            except ModelFailed:
                self._breaker(name).failed()
                raise
            self._breaker(name).succeeded()
        return name

    def find(self, name: str) -> Listed | None:
        """The model of this name, ``mistral`` being ``mistral:latest``."""
        return next((one for one in self._listing.models() if full_name(one.name) == full_name(name)), None)

    def digest(self, name: str) -> str:
        """The digest of a model of the Ollama server; empty where it does not tell."""
        found = self.find(name)
        return found.digest if found else ""

    def _closed(self, visitor: str) -> ChatModel:
        if self.closed is None:
            raise ModelFailed("no closed model")
        steady = Steady(self.closed.model, self.closed.breaker, self.patience.whole)
        return Metered(steady, self.closed.price, self.closed.budget, visitor)

    def _local(self, asked_for: bool) -> ChatModel | None:
        if self.given:
            return self.given
        name = self._local_name()
        if name is None and asked_for:
            raise ModelFailed("no local model")
        return self.named(name) if name else None

    def named(self, name: str) -> ChatModel:
        """A model of the Ollama server, under the name that is listed there; whether it is there or not."""
        found = self.find(name)
        name, window = (found.name, self._window(found.name)) if found else (name, self.num_ctx)
        model = OllamaModel(self.server, name, window, found.digest if found else "", self.patience)
        return Steady(model, self._breaker(name), self.patience.whole)

    def breaker(self, model: ChatModel) -> Breaker | None:
        """What watches over a model that was chosen; None where nothing does."""
        if isinstance(model, Metered):
            return self.closed.breaker if self.closed else None
        return model.breaker if isinstance(model, Steady) else None

    def _breaker(self, name: str) -> Breaker:
        with self._lock:
            return self._breakers.setdefault(name, Breaker(self.server.answers))

    def _window(self, name: str) -> int:
        """The app's window, or the model's own where that is smaller: a longer prompt would be cut silently."""
        window, until = self._windows.get(name, (self.num_ctx, -math.inf))
        if time.monotonic() > until:
            trained = self.server.trained_window(name)
            until = math.inf if trained else time.monotonic() + UNTOLD
            window = min(self.num_ctx, trained or self.num_ctx)
            self._windows[name] = window, until
        return window

    def _local_name(self) -> str | None:
        """The preferred model if the server has it; else the first that can chat and does not judge."""
        judge = self.find(self.moderator)
        writing = (one for one in self._listing.models() if not one.judges and one != judge)
        found = self.find(self.preferred) if self.preferred else next(writing, None)
        return found.name if found else None
