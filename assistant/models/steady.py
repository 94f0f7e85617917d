"""A model made steady: tried again before its first word, left alone while it is down, cut when it finds no end."""

import random
import time
from contextlib import closing

from assistant.models.breaker import REST, Breaker
from assistant.models.call import Call
from assistant.models.model import MOST_TOKENS, ChatModel, ModelFailed, Stream
from assistant.models.thoughts import without_thoughts

# What passes by itself; the rest is not tried again, nor is a server that asked for a rest. A time-out has cost the
# visitor enough.
PASSING = frozenset({"unreachable", "busy", "crashed", "connection lost"})
# What says nothing against the server.
NOT_ITS_FAULT = frozenset({
    "model missing", "rate limited", "refused the request", "prompt too long", "prompt cut off", "stopped",
})  # fmt: skip
# Seconds before the second and the third try, times a random share, so that many do not come back at once.
PAUSES = (0.2, 0.6)
# Characters of an answer at most: a token of any vocabulary rarely has more than these.
MOST_CHARACTERS = 12 * MOST_TOKENS


class Steady:
    """A model around a model; ``seconds`` is how long an answer may take."""

    def __init__(self, model: ChatModel, breaker: Breaker, seconds: float) -> None:
        self.name, self.kind, self.stays_here, self.window = model.name, model.kind, model.stays_here, model.window
        self._model = model
        self.breaker = breaker
        self._seconds = seconds

    def stream(self, system: str, user: str, call: Call) -> Stream:
        """The model's answer.

        Raises:
            ModelFailed: as the model, or ``resting``, ``endless answer``, ``stopped``.
        """
        if not self.breaker.allows():
            raise ModelFailed("resting")
        try:
            yield from without_thoughts(self._capped(system, user, call))
        except ModelFailed as failed:
            reason = "stopped" if call.stop.is_set else failed.reason
            if failed.retry_after or reason == "rate limited":
                self.breaker.rest(failed.retry_after or REST)
            if reason not in NOT_ITS_FAULT:
                self.breaker.failed()
            raise ModelFailed(reason, failed.retry_after) from failed
        self.breaker.succeeded()

    def _capped(self, system: str, user: str, call: Call) -> Stream:
        until, characters = time.monotonic() + self._seconds, 0
        with closing(self._begun(system, user, call, until)) as stream:
            for piece in stream:
                characters += len(piece)
                if characters > MOST_CHARACTERS or time.monotonic() > until:
                    raise ModelFailed("endless answer")
                yield piece

    def _begun(self, system: str, user: str, call: Call, until: float) -> Stream:
        """The stream, tried again as long as it has not begun."""
        for pause in (*PAUSES, None):
            with closing(self._model.stream(system, user, call)) as stream:
                try:
                    first = next(stream)
                except ModelFailed as failed:
                    if failed.reason not in PASSING or failed.retry_after or pause is None:
                        raise
                    if time.monotonic() + pause > until:
                        raise
                    if call.stop.wait(pause * random.uniform(0.5, 1.0)):  # noqa: S311 (no secret)
                        raise
                    continue
                yield first
                yield from stream
                return
