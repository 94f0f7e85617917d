"""Which models an Ollama server has, as last heard: asked again behind the back of whoever wants to know."""

import math
import threading
import time

from assistant.models.model import ModelFailed
from assistant.models.ollama_server import Listed, OllamaServer

# Seconds for which the server's answer to "which models have you?" is believed.
BELIEVED = 5.0
# Seconds that anybody waits for a newer one: a server that is well needs milliseconds, one behind a dead network two
# seconds for each question.
PROMPT = 0.2


class Listing:
    """What ``server`` has. Safe to use from several threads; until the server
    has spoken once, everybody waits for it; after that who asks it anew, for a moment.
    """

    def __init__(self, server: OllamaServer, believed: float = BELIEVED) -> None:
        self._server = server
        self._believed = believed
        self._heard: list[Listed] | None = None
        self._at = -math.inf
        self._asking: threading.Thread | None = None
        self._lock = threading.Lock()

    def models(self) -> list[Listed]:
        """The server's models that can chat, in its order; none where it does not answer."""
        with self._lock:
            asking, begins = self._asking, self._asking is None and time.monotonic() - self._at > self._believed
            if begins:
                asking = self._asking = threading.Thread(target=self._ask, name="listing", daemon=True)
                asking.start()
        if asking and (begins or self._heard is None):
            asking.join(None if self._heard is None else PROMPT)
        return self._heard or []

    def _ask(self) -> None:
        try:
            heard = self._server.models()
        except ModelFailed:
            heard = []
        with self._lock:
            self._heard, self._at, self._asking = heard, time.monotonic(), None
