"""Ollama, the local model server, through langchain-ollama.

Its traps, and what is done here: the context window defaults to 4096 and longer prompts are cut silently, so
``num_ctx`` is always sent; a thinking model thinks unless told not to; the client waits for ever unless it is
given time-outs; a stream that ends without a ``done_reason`` is a truncated answer that raises nothing; a redirect
would take the question to another host; sockets are left to the garbage collector unless the client is closed.
"""

import ipaddress
from collections.abc import Iterator
from contextlib import closing
from typing import Any
from urllib.parse import urlsplit

import httpx

from assistant.local import ModelFailed
from knowledge.errors import UnknownSetting

NUM_CTX = 8192
NUM_PREDICT = 512
TEMPERATURE = 0.1
SEED = 7

# Seconds of silence: loading the model, which sends no byte, and the gap between two tokens.
READ_TIMEOUT = 120.0
PROBE_TIMEOUT = 2.0

REASONS = {404: "model missing", 503: "busy", 400: "refused the request", -1: "crashed"}


def check_url(url: str) -> str:
    """``url`` without a trailing slash.

    Raises:
        UnknownSetting: not an http address; the client would silently use another one.
    """
    if not _is_address(url):
        raise UnknownSetting(f"FOOTNOTE_OLLAMA_URL={url!r} is not an address", "set it like http://127.0.0.1:11434")
    return url.rstrip("/")


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:  # a port or brackets that are none
        return False


def is_local(url: str) -> bool:
    """Is the server on this machine or in a private network?"""
    host = urlsplit(url).hostname or ""
    if host == "localhost" or host.endswith((".localhost", ".local", ".internal")):
        return True
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    return address.is_private or address.is_loopback


def models(url: str) -> list[str]:
    """Names of the models that run on the server and can chat; empty when there are none.

    Models that a local server only passes on to a hosted one ("cloud" models, told by ``remote_host``) are left out:
    what is sent to them leaves the owner's environment.

    Raises:
        ModelFailed: the server does not answer, or not like Ollama.
    """
    try:
        response = httpx.get(f"{url}/api/tags", timeout=PROBE_TIMEOUT, trust_env=not is_local(url))
        response.raise_for_status()
        listed = response.json()["models"]
        own = [m for m in listed if not m.get("remote_host")]
        return [m["name"] for m in own if "completion" in m.get("capabilities", ["completion"])]
    except (httpx.HTTPError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ModelFailed("unreachable") from error


class OllamaModel:
    """One model of one server; ``read_timeout`` is the silence, in seconds, after which it is given up."""

    def __init__(self, url: str, name: str, read_timeout: float = READ_TIMEOUT) -> None:
        self.name = name
        self._url = url
        self._timeout = httpx.Timeout(connect=3, read=read_timeout, write=30, pool=5)

    def stream(self, system: str, user: str) -> Iterator[str]:
        """Pieces of text as they come.

        Raises:
            ModelFailed: unreachable, model missing, busy, refused, crashed, timed out, garbled, empty, or cut off.
        """
        import ollama

        try:
            yield from self._chunks(system, user)
        except httpx.TimeoutException as error:
            raise ModelFailed("timed out") from error
        except (httpx.ConnectError, ConnectionError) as error:
            raise ModelFailed("unreachable") from error
        except httpx.RequestError as error:
            raise ModelFailed("connection lost") from error
        except ollama.ResponseError as error:
            raise ModelFailed(REASONS.get(error.status_code, "failed")) from error
        except ValueError as error:
            # LangChain raises it for a stream without a chunk; JSON and pydantic raise kinds of it.
            raise ModelFailed("empty answer" if type(error) is ValueError else "garbled answer") from error

    def _chunks(self, system: str, user: str) -> Iterator[str]:
        reason, said = None, False
        chat = self._client()
        with closing(chat._client):
            for chunk in chat.stream([("system", system), ("human", user)]):
                reason = chunk.response_metadata.get("done_reason", reason)
                if isinstance(chunk.content, str) and chunk.content:
                    said = True
                    yield chunk.content
        if reason != "stop":
            raise ModelFailed("answer cut off")
        if not said:
            raise ModelFailed("empty answer")

    def _client(self) -> Any:
        from langchain_ollama import ChatOllama

        return ChatOllama(
            model=self.name, base_url=self._url, num_ctx=NUM_CTX, num_predict=NUM_PREDICT,
            temperature=TEMPERATURE, seed=SEED, reasoning=False,
            client_kwargs={
                "timeout": self._timeout, "trust_env": not is_local(self._url), "follow_redirects": False,
            },
        )  # fmt: skip
