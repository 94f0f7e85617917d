"""Fetching a model into an Ollama server: its steps, and for the owner what came instead of them."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

import httpx

from assistant.models.ollama_server import BROKEN, LOAD_TIMEOUT, PROBE_TIMEOUT, OllamaServer
from knowledge.errors import DependencyDown

# Characters shown of what a server said.
SHOWN = 300
AGAIN = "run it again: what was fetched is kept"
NETWORK = "that server does not reach the library: see its network, or HTTPS_PROXY of `ollama serve`"
# What mends what the server says, by a part of its words.
REMEDIES = (
    ("does not exist", "see ollama.com/library for names and tags"),
    ("invalid model name", "a name is like qwen3.5:4b; see ollama.com/library"),
    ("no space left", f"free room where the Ollama server keeps its models, then {AGAIN}"),
    ("permission denied", "let the user of `ollama serve` write where it keeps its models"),
    ("newer version", "upgrade Ollama"),
    ("dial tcp", NETWORK),
    ("timeout", NETWORK),
)
OTHER = f"see the log of `ollama serve`, then {AGAIN}"
NOT_OLLAMA = "see whether FOOTNOTE_OLLAMA_URL is the address of an Ollama server"


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a pull: bytes ``completed`` of ``total`` in the file that is fetched; both 0 in the steps between."""

    status: str
    completed: int = 0
    total: int = 0

    def __str__(self) -> str:
        return f"{self.status}, {self.completed / 1e9:.1f} of {self.total / 1e9:.1f} GB" if self.total else self.status


def pull(server: OllamaServer, name: str) -> Iterator[Step]:
    """Fetch a model, step by step; what was fetched before is not fetched again.

    Raises:
        DependencyDown: the server is not there, has no such model or no room, or stopped half-way: what it said, and
            what to do.
    """
    what, last = f"{name} was not fetched from {server.url}", Step("nothing")
    timeout = httpx.Timeout(PROBE_TIMEOUT, read=LOAD_TIMEOUT)
    try:
        with server.client(timeout) as client, client.stream("POST", "/api/pull", json={"model": name}) as response:
            if response.status_code != httpx.codes.OK:
                response.read()
                raise _refused(what, response)
            for line in response.iter_lines():
                last = _step(what, line)
                yield last
    except (httpx.ConnectError, httpx.ConnectTimeout) as error:
        raise DependencyDown(f"{what}: nothing answers there", f"start `ollama serve`; {NOT_OLLAMA}") from error
    except httpx.ReadTimeout as error:
        raise DependencyDown(f"{what}: no byte for {LOAD_TIMEOUT:.0f} s after: {last}", AGAIN) from error
    except httpx.HTTPError as error:
        raise DependencyDown(f"{what}: the connection was lost after: {last}", AGAIN) from error
    if last.status != "success":
        raise DependencyDown(f"{what}: it ended after: {last}", AGAIN)


def _step(what: str, line: str) -> Step:
    try:
        step = json.loads(line)
        if "error" not in step:
            return Step(str(step["status"]), int(step.get("completed", 0)), int(step.get("total", 0)))
        said = str(step["error"])
    except BROKEN as error:
        raise DependencyDown(f"{what}: it answered {_shown(line)!r}", NOT_OLLAMA) from error
    raise _failed(what, said)


def _refused(what: str, response: httpx.Response) -> DependencyDown:
    try:
        return _failed(what, str(response.json()["error"]))
    except BROKEN:
        return DependencyDown(f"{what}: HTTP {response.status_code}, {_shown(response.text)!r}", NOT_OLLAMA)


def _failed(what: str, said: str) -> DependencyDown:
    fix = next((fix for part, fix in REMEDIES if part in said), OTHER)
    return DependencyDown(f"{what}: it said {_shown(said)!r}", fix)


def _shown(said: str) -> str:
    """On one line, without what a terminal would obey."""
    return "".join(sign for sign in " ".join(said.split()) if sign.isprintable())[:SHOWN]
