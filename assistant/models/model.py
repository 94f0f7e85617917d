"""What a language model is to us: something that streams text for two messages, or fails with a reason."""

from collections.abc import Generator, Iterable
from dataclasses import dataclass
from typing import Literal, Protocol

from assistant.models.call import Call

# Tokens of an answer at most; the longest answers asked for are five sentences.
MOST_TOKENS = 512
# Tokens of a prompt and its answer together, where nobody says otherwise.
WINDOW = 8192

# Pieces of text as they come; closing it ends the request.
Stream = Generator[str, None, None]


class ModelFailed(Exception):
    """The model gave no whole answer; ``reason`` is one of a few words, safe to show to a visitor.

    ``retry_after``: seconds for which its server asked to be left alone, 0 where it did not.
    """

    def __init__(self, reason: str, retry_after: float = 0.0) -> None:
        super().__init__(reason)
        self.reason = reason
        self.retry_after = retry_after


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds. ``first_byte``: loading the model and reading the prompt send none; ``stall``: silence between two
    tokens; ``whole``: the answer from its question to its end."""

    connect: float = 3.0
    first_byte: float = 120.0
    stall: float = 30.0
    whole: float = 120.0


class ChatModel(Protocol):
    """A model. ``window`` is how many tokens prompt and answer may have together.

    ``stays_here``: does what is sent to it stay on this machine or in its network?
    """

    name: str
    kind: Literal["local", "closed"]
    stays_here: bool
    window: int

    def stream(self, system: str, user: str, call: Call) -> Stream:
        """Pieces of text as they come; what was used is added to ``call``.

        Raises:
            ModelFailed: unreachable, missing, busy, crashed, timed out, or cut off.
        """
        ...


class ScriptedModel:
    """A model that says what it was told to: for tests and demonstrations of the path."""

    def __init__(
        self, says: Iterable[str], name: str = "scripted", fails: str | None = None, *, stays_here: bool = True
    ) -> None:
        self.name = name
        self.kind: Literal["local", "closed"] = "local" if stays_here else "closed"
        self.stays_here = stays_here
        self.window = WINDOW
        self._says = list(says)
        self._fails = fails
        self.asked: list[tuple[str, str]] = []

    def stream(self, system: str, user: str, call: Call) -> Stream:
        """The scripted pieces, each a token, then the scripted failure if there is one."""
        self.asked.append((system, user))
        call.left = call.left or not self.stays_here
        for piece in self._says:
            call.output_tokens += 1
            yield piece
        if self._fails:
            raise ModelFailed(self._fails)
