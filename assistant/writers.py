"""Writers: which model answers, chosen per question, extraction always being there.

``auto`` takes a local model where the Ollama server has one, and extraction where it does not. Whether the server
answers is asked again after a few seconds, so a server that comes back is used without a restart.
"""

import time
from dataclasses import dataclass

from assistant import ollama
from assistant.local import ChatModel, ModelFailed
from knowledge.errors import UsageError

# Seconds for which the server's answer to "which models have you?" is believed.
BELIEVED = 10.0
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
    """``model`` is the owner's setting; ``given`` a model that is used as it is (tests)."""

    url: str
    preferred: str = ""
    given: ChatModel | None = None
    _seen: tuple[float, list[str]] = (-BELIEVED, [])

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
            return ollama.OllamaModel(self.url, wanted)
        name = self._local_name()
        if name is None and wanted == "local":
            raise ModelFailed("no local model")
        return ollama.OllamaModel(self.url, name) if name else None

    @property
    def stays_here(self) -> bool:
        """Does a question to the model stay on this machine or in its network?"""
        return self.given is not None or ollama.is_local(self.url)

    def _local_name(self) -> str | None:
        """The preferred model if the server has it, the first that can chat if none is preferred."""
        asked, names = self._seen
        if time.monotonic() - asked > BELIEVED:
            try:
                names = ollama.models(self.url)
            except ModelFailed:
                names = []
            self._seen = (time.monotonic(), names)
        if self.preferred:
            return self.preferred if self.preferred in names else None
        return names[0] if names else None
