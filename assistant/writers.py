"""Writers: which model answers, chosen per question, extraction always being there.

``auto`` takes a local model where the Ollama server has one, and extraction where it does not. Whether the server
answers is asked again after a few seconds, so a server that comes back is used without a restart.
"""

import math
import threading
import time
from dataclasses import dataclass, field

from assistant.models.breaker import Breaker
from assistant.models.model import WINDOW, ChatModel, ModelFailed, Patience
from assistant.models.ollama import OllamaModel
from assistant.models.ollama_server import Listed, OllamaServer
from assistant.models.steady import Steady
from knowledge.errors import UsageError

# Seconds for which the server's answer to "which models have you?" is believed.
BELIEVED = 5.0
FIXED = ("auto", "extractive", "local", "closed")


def check_model(wanted: str) -> str:
    """``wanted``, where it can be had at all.

    Raises:
        UsageError: ``closed``, which is not configured.
    """
    if wanted == "closed":
        raise UsageError(
            "no closed model is configured; this version writes by extraction or with a local model",
            "use the model extractive or local",
        )
    return wanted


@dataclass
class Writers:
    """``preferred`` is the owner's model, ``num_ctx`` the window of all; ``given`` a model used as it is (tests)."""

    server: OllamaServer
    preferred: str = ""
    num_ctx: int = WINDOW
    patience: Patience = field(default_factory=Patience)
    given: ChatModel | None = None
    believed: float = BELIEVED
    _seen: tuple[float, list[Listed]] = (-math.inf, [])
    _breakers: dict[str, Breaker] = field(default_factory=dict)
    _windows: dict[str, int] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def choose(self, wanted: str) -> ChatModel | None:
        """The chat model for ``wanted``, or None for extraction.

        Raises:
            ModelFailed: ``wanted`` asks for a model and the server has none, or is not there.
        """
        if wanted == "extractive":
            return None
        if self.given:
            return self.given
        if wanted not in FIXED:
            return self._ollama(wanted)
        name = self._local_name()
        if name is None and wanted == "local":
            raise ModelFailed("no local model")
        return self._ollama(name) if name else None

    def warm(self) -> str | None:
        """Bring the local model into memory, so that the first visitor does not wait for it; its name, if there is one.

        Raises:
            ModelFailed: it cannot be loaded.
        """
        name = None if self.given else self._local_name()
        if name:
            self.server.load(name, self._window(name))
        return name

    def _ollama(self, name: str) -> ChatModel:
        digest = next((listed.digest for listed in self._listed() if listed.name == name), "")
        model = OllamaModel(self.server, name, self._window(name), digest, self.patience)
        with self._lock:
            breaker = self._breakers.setdefault(name, Breaker(self.server.answers))
        return Steady(model, breaker, self.patience.whole)

    def _window(self, name: str) -> int:
        """The app's window, or the model's own where that is smaller: a longer prompt would be cut silently."""
        if name not in self._windows:
            trained = self.server.trained_window(name)
            if trained is None:
                return self.num_ctx
            self._windows[name] = min(self.num_ctx, trained)
        return self._windows[name]

    def _local_name(self) -> str | None:
        """The preferred model if the server has it, the first that can chat if none is preferred."""
        names = [listed.name for listed in self._listed()]
        if self.preferred:
            return self.preferred if self.preferred in names else None
        return names[0] if names else None

    def _listed(self) -> list[Listed]:
        """What the server has, as far as it is believed; nothing where it does not answer."""
        asked, listed = self._seen
        if time.monotonic() - asked > self.believed:
            try:
                listed = self.server.models()
            except ModelFailed:
                listed = []
            self._seen = (time.monotonic(), listed)
        return listed
