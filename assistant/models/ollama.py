"""One model of an Ollama server, through langchain-ollama.

Its traps, and what is done here: the context window defaults to 4096 and longer prompts are cut silently, so
``num_ctx`` is always sent and what was read is compared with what was sent; a thinking model thinks unless told not
to; the client waits for ever unless it is given time-outs; a stream that ends without a ``done_reason`` is a truncated
answer that raises nothing; a redirect would take the question to another host; sockets are left to the garbage
collector unless the client is closed.
"""

import logging
from contextlib import closing
from typing import Any, Literal

import httpx

from assistant.models.call import Call
from assistant.models.connection import Line
from assistant.models.model import MOST_TOKENS, WINDOW, ModelFailed, Patience, Stream
from assistant.models.ollama_server import KEEP_ALIVE, OllamaServer
from assistant.models.seed import FIRST, SEED
from assistant.models.tokens import surely_more

TEMPERATURE = 0.1

REASONS = {
    404: "model missing", 429: "rate limited", 503: "busy", 400: "refused the request", 500: "crashed", -1: "crashed",
}  # fmt: skip
# How a server words it that refuses a prompt instead of cutting it.
TOO_LONG = "context length"

log = logging.getLogger(__name__)


def import_client() -> None:
    """Import what every answer needs: two seconds that the first visitor should not wait."""
    import langchain_ollama  # noqa: F401


class OllamaModel:
    """``window`` is ``num_ctx``: one value for the whole app, because another one reloads the model.
    ``digest`` names its weights in the ledger.
    """

    def __init__(
        self,
        server: OllamaServer,
        name: str,
        window: int = WINDOW,
        digest: str = "",
        patience: Patience = Patience(),  # noqa: B008 (it is frozen)
    ) -> None:
        self.name = name
        self.kind: Literal["local", "closed"] = "local" if server.stays_here else "closed"
        self.stays_here = server.stays_here
        self.window = window
        self._server = server
        self._digest = digest
        self._timeout = httpx.Timeout(connect=patience.connect, read=patience.first_byte, write=30, pool=5)
        self._stall = patience.stall

    def stream(self, system: str, user: str, call: Call) -> Stream:
        """Pieces of text as they come.

        Raises:
            ModelFailed: unreachable, model missing, rate limited, busy, refused, crashed, timed out, garbled, empty,
                or cut off.
        """
        import ollama

        call.digest, call.left = self._digest, call.left or not self.stays_here
        line = Line(call.stop, self._stall)
        try:
            yield from self._chunks(system, user, call, line)
        except httpx.TimeoutException as error:
            raise ModelFailed("timed out") from error
        except (httpx.ConnectError, ConnectionError) as error:
            raise ModelFailed("unreachable") from error
        except httpx.RequestError as error:
            raise ModelFailed("connection lost") from error
        except ollama.ResponseError as error:
            too_long = error.status_code == 400 and TOO_LONG in error.error
            raise ModelFailed(
                "prompt too long" if too_long else REASONS.get(error.status_code, "failed"), line.retry_after
            ) from error
        except ValueError as error:
            # LangChain raises it for a stream without a chunk; JSON and pydantic raise kinds of it.
            raise ModelFailed("empty answer" if type(error) is ValueError else "garbled answer") from error

    def _chunks(self, system: str, user: str, call: Call, line: Line) -> Stream:
        reason, read, pieces, counted = None, 0, 0, 0
        chat = self._client(line)
        with closing(chat._client):
            for chunk in chat.stream([("system", system), ("human", user)]):
                reason = chunk.response_metadata.get("done_reason", reason)
                if chunk.usage_metadata:
                    read += chunk.usage_metadata["input_tokens"]
                    counted += chunk.usage_metadata["output_tokens"]
                if isinstance(chunk.content, str) and chunk.content:
                    pieces += 1
                    call.output_tokens += 1  # of a reader that leaves nothing better is known
                    yield chunk.content
        call.input_tokens += read
        call.output_tokens += counted - pieces if counted else 0
        if reason != "stop":
            raise ModelFailed("answer cut off")
        if not pieces:
            raise ModelFailed("empty answer")
        self._alarm(system + user, read)

    def _alarm(self, sent: str, read: int) -> None:
        """Was the prompt cut? Few tokens read may come from the server's cache too; its window tells.

        Raises:
            ModelFailed: the server gave the model a smaller window than it was asked for, and cut the prompt to it.
        """
        if not read or not surely_more(sent, read):
            return
        room = self._server.allocated_window(self.name)
        log.warning("%s read %d tokens of a prompt of %d characters; its window is %s, asked for were %d",
                    self.name, read, len(sent), room, self.window)  # fmt: skip
        if room is not None and room < self.window:
            raise ModelFailed("prompt cut off")

    def _client(self, line: Line) -> Any:
        from langchain_ollama import ChatOllama

        return ChatOllama(
            model=self.name, base_url=self._server.url, num_ctx=self.window, num_predict=MOST_TOKENS,
            temperature=TEMPERATURE, seed=SEED.get() or FIRST, reasoning=False, keep_alive=KEEP_ALIVE,
            client_kwargs={
                "timeout": self._timeout, "trust_env": not self.stays_here, "follow_redirects": False,
                "event_hooks": line.hooks, "verify": self._server.needs_certificates,
            },
        )  # fmt: skip
