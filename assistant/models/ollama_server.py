"""An Ollama server beside its chats: which models it has, what each can, warming one up."""

import re
from dataclasses import dataclass
from typing import Any

import httpx

from assistant.models.address import is_local
from assistant.models.model import ModelFailed

PROBE_TIMEOUT = 2.0
# Loading a model into memory sends no byte until it is done; a slow disk needs minutes for some gigabytes.
LOAD_TIMEOUT = 300.0
# How long a model stays in memory after an answer; Ollama's own five minutes make most visitors of a quiet site wait.
KEEP_ALIVE = "30m"

# Models trained to judge texts, by their names: llama-guard3, granite3-guardian, gpt-oss-safeguard, shieldgemma,
# bespoke-minicheck. They say "safe" or "yes" to whatever they are told, and write no answer.
JUDGES = re.compile(r"(?:guard|shieldgemma|minicheck)[^/]*$", re.IGNORECASE)

BROKEN = (httpx.HTTPError, ValueError, KeyError, TypeError, AttributeError)


@dataclass(frozen=True, slots=True)
class Listed:
    """A model of the server; ``size`` is its bytes on disk, ``digest`` its weights and template (SHA-256, hex)."""

    name: str
    size: int
    digest: str

    @property
    def judges(self) -> bool:
        """Is it made to judge, not to write?"""
        return bool(JUDGES.search(self.name))


def full_name(name: str) -> str:
    """A model's name with its tag, as a server lists it: without one it is ``latest``."""
    return name if ":" in name.rpartition("/")[2] else f"{name}:latest"


class OllamaServer:
    """The server at ``url``."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.stays_here = is_local(url)
        # Reading them takes tens of milliseconds for every client; an http address has no use for them.
        self.needs_certificates = url.lower().startswith("https")

    def models(self) -> list[Listed]:
        """The models that run on the server and can chat, in its order.

        Models that a local server only passes on to a hosted one ("cloud" models, told by ``remote_host``) are left
        out: what is sent to them leaves the owner's environment.

        Raises:
            ModelFailed: the server does not answer, or not like Ollama.
        """
        try:
            listed = self._json("GET", "/api/tags")["models"]
            own = [m for m in listed if not m.get("remote_host")]
            chatting = [m for m in own if "completion" in m.get("capabilities", ["completion"])]
            return [Listed(m["name"], int(m.get("size", 0)), str(m.get("digest", ""))) for m in chatting]
        except BROKEN as error:
            raise ModelFailed("unreachable") from error

    def answers(self) -> bool:
        """Is it there? The probe of a circuit breaker."""
        try:
            return bool(self._json("GET", "/api/version")["version"])
        except BROKEN:
            return False

    def trained_window(self, name: str) -> int | None:
        """Tokens the model was trained to read; None when the server does not tell."""
        try:
            info = self._json("POST", "/api/show", {"model": name})["model_info"]
            return next((int(value) for key, value in info.items() if key.endswith(".context_length")), None)
        except BROKEN:
            return None

    def allocated_window(self, name: str) -> int | None:
        """Tokens the loaded model has room for; None when it is not loaded or the server does not tell."""
        try:
            loaded = self._json("GET", "/api/ps")["models"]
            return next((int(m["context_length"]) for m in loaded if full_name(m["name"]) == full_name(name)), None)
        except BROKEN:
            return None

    def load(self, name: str, num_ctx: int) -> None:
        """Bring a model into memory, with the window that every later request has.

        Raises:
            ModelFailed: it cannot be loaded.
        """
        body = {"model": name, "messages": [], "stream": False, "keep_alive": KEEP_ALIVE,
                "options": {"num_ctx": num_ctx}}  # fmt: skip
        try:
            self._json("POST", "/api/chat", body, LOAD_TIMEOUT)
        except BROKEN as error:
            raise ModelFailed("not loaded") from error

    def client(self, timeout: httpx.Timeout) -> httpx.Client:
        """For requests to it; to be closed."""
        return httpx.Client(
            base_url=self.url, timeout=timeout, trust_env=not self.stays_here, verify=self.needs_certificates
        )

    def _json(self, method: str, path: str, body: Any = None, timeout: float = PROBE_TIMEOUT) -> Any:
        with self.client(httpx.Timeout(timeout, connect=PROBE_TIMEOUT)) as client:
            response = client.request(method, path, json=body)
            response.raise_for_status()
            return response.json()
