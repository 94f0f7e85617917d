"""A model behind an API, through LangChain's ``init_chat_model``: Anthropic's, OpenAI's, any OpenAI-compatible server.

Needs the extra ``closed``. A server on this machine or in its network (vLLM, llama.cpp) counts as a local model: what
is sent to it stays here. The key is given, never looked for: a key that lies around in the environment is not used.
"""

from importlib import import_module, util
from typing import Any, Literal

from assistant.models.address import is_local
from assistant.models.call import Call, Stop
from assistant.models.connection import Line
from assistant.models.model import MOST_TOKENS, WINDOW, ModelFailed, Patience, Stream
from assistant.models.seed import SEED
from assistant.models.tokens import tokens
from knowledge.errors import UnknownSetting

PROBE_TIMEOUT = 2.0
# Seconds that a far API has to say whether it knows key and model.
ASK_TIMEOUT = 5.0
PROVIDERS = ("anthropic", "openai")
# How the providers say that an answer has come to its end by itself.
WHOLE = frozenset({"stop", "end_turn"})
# Kinds of langchain-core's ModelError, then of the providers' own errors; the narrower first.
REASONS = {
    "ContextOverflowError": "prompt too long",
    "ModelAuthenticationError": "key refused",
    "ModelPermissionDeniedError": "key refused",
    "ModelNotFoundError": "model missing",
    "ModelRateLimitError": "rate limited",
    "ModelInvalidRequestError": "refused the request",
    "ModelTimeoutError": "timed out",
    "ModelConnectionError": "unreachable",
    "AuthenticationError": "key refused",
    "PermissionDeniedError": "key refused",
    "NotFoundError": "model missing",
    "RateLimitError": "rate limited",
    "APITimeoutError": "timed out",
    "APIConnectionError": "unreachable",
}
# Statuses that tell more than their kind: an API that is overloaded says 529.
BUSY = frozenset({503, 529})


class ApiModel:
    """``model`` is ``provider:name``; ``url`` the base of another server than the provider's own."""

    def __init__(
        self, model: str, key: str, url: str = "", window: int = WINDOW,
        patience: Patience = Patience(),  # noqa: B008 (it is frozen)
    ) -> None:  # fmt: skip
        self.provider, _, self.name = model.partition(":")
        if self.provider not in PROVIDERS or not self.name:
            raise UnknownSetting(
                f"FOOTNOTE_API_MODEL={model!r} is no model",
                "set it like anthropic:NAME or openai:NAME, as the API has it",
            )
        if not util.find_spec(f"langchain_{self.provider}"):
            raise UnknownSetting(
                f"FOOTNOTE_API_MODEL={model!r} needs langchain-{self.provider}",
                "pip install 'footnote-assistant[closed]'",
            )
        self.stays_here = bool(url) and is_local(url)
        self.kind: Literal["local", "closed"] = "local" if self.stays_here else "closed"
        self.window = window
        self._key = key
        self._url = url
        self._patience = patience

    @property
    def has_key(self) -> bool:
        """Was a key given?"""
        return bool(self._key)

    def answers(self) -> bool:
        """Is the server of ``url`` there? The probe of a circuit breaker: asks for its models, sends no question."""
        import httpx2

        try:
            with httpx2.Client(timeout=PROBE_TIMEOUT, trust_env=not self.stays_here) as http:
                head = {"Authorization": f"Bearer {self._key}"} if self._key else {}
                return http.get(f"{self._url}/models", headers=head).status_code < 500
        except httpx2.HTTPError:
            return False

    def refusal(self, seconds: float = ASK_TIMEOUT) -> str:
        """Why it would not write, in the words of ``ModelFailed.reason``; empty where it would.

        Asks the API whether it knows key and model: no question leaves, and nothing is paid.
        """
        with self._client(Line(Stop(), self._patience.stall)) as http:
            chat = self._chat(http)
            client = chat.root_client if self.provider == "openai" else chat._client
            try:
                client.models.retrieve(self.name, timeout=seconds)
            except import_module(self.provider).APIError as error:
                return _reason(error)
        return ""

    def stream(self, system: str, user: str, call: Call) -> Stream:
        """Pieces of text as they come.

        Raises:
            ModelFailed: unreachable, key refused, model missing, rate limited, refused, crashed, timed out, empty, or
                cut off.
        """
        import httpx2
        from langchain_core.exceptions import ModelError

        call.digest, call.left = "", call.left or not self.stays_here
        line, begun = Line(call.stop, self._patience.stall), False
        try:
            for piece in self._chunks(system, user, call, line):
                begun = True
                yield piece
        except (ModelError, import_module(self.provider).APIError) as error:
            reason = _reason(error)
            lost = begun and reason == "unreachable"
            raise ModelFailed("connection lost" if lost else reason, line.retry_after) from error
        except httpx2.TimeoutException as error:
            raise ModelFailed("timed out") from error
        except httpx2.RequestError as error:
            raise ModelFailed("connection lost") from error
        except ValueError as error:
            raise ModelFailed("empty answer" if type(error) is ValueError else "garbled answer") from error

    def _chunks(self, system: str, user: str, call: Call, line: Line) -> Stream:
        reason, pieces, read, written = None, 0, 0, 0
        call.input_tokens += (asked := tokens(system + user))  # until the server tells, if it does
        with self._client(line) as http:
            for chunk in self._chat(http).stream([("system", system), ("human", user)]):
                told = chunk.response_metadata
                reason = told.get("finish_reason") or told.get("stop_reason") or reason
                if used := chunk.usage_metadata:
                    read, written = read + used["input_tokens"], written + used["output_tokens"]
                if text := str(chunk.text):
                    pieces += 1
                    call.output_tokens += 1
                    yield text
        call.input_tokens += read - asked if read else 0
        call.output_tokens += written - pieces if written else 0
        if reason not in WHOLE:
            raise ModelFailed("answer cut off" if pieces or reason else "empty answer")
        if not pieces:
            raise ModelFailed("empty answer")

    def _client(self, line: Line) -> Any:
        import httpx2

        return httpx2.Client(
            timeout=httpx2.Timeout(self._patience.connect, read=self._patience.first_byte),
            trust_env=not self.stays_here, follow_redirects=False, event_hooks=line.hooks,
            verify=not self._url.startswith("http://"),  # reading certificates takes tens of milliseconds
        )  # fmt: skip

    def _chat(self, http: Any) -> Any:
        """A chat over our own HTTP client; a server of another maker gets the names that all of them know."""
        from langchain.chat_models import init_chat_model

        given: dict[str, Any] = {"api_key": self._key or "none", "max_retries": 0, "base_url": self._url or None}
        if self.provider == "openai":
            limit = {"extra_body": {"max_tokens": MOST_TOKENS}} if self._url else {"max_tokens": MOST_TOKENS}
            given |= limit | {
                "stream_usage": True,
                "http_client": http,
                "timeout": http.timeout,
                "seed": SEED.get(),
                "http_socket_options": (),
            }  # fmt: skip (the proxy is our client's; theirs would warn)
            return init_chat_model(f"openai:{self.name}", **given)
        chat = init_chat_model(f"anthropic:{self.name}", **given, max_tokens=MOST_TOKENS)
        # it takes no client of ours by itself
        chat.__dict__["_client"] = chat._client.with_options(http_client=http, timeout=http.timeout)
        return chat


def _reason(error: Exception) -> str:
    if getattr(error, "code", None) == "context_length_exceeded":
        return "prompt too long"
    names = [kind.__name__ for kind in type(error).__mro__]
    status = getattr(error, "status_code", 0)  # none for an error event in the middle of a stream
    other = "busy" if status in BUSY else "refused the request" if 400 <= status < 500 else "crashed"
    return next((reason for name, reason in REASONS.items() if name in names), other)
