"""A circuit breaker: after some failures in a row a model is left alone, until a probe finds its server well; after a
server's own word, for as long as it asked.

Source: M. Nygard, Release It! (2007), Circuit Breaker.
"""

import math
import threading
import time
from collections.abc import Callable
from typing import Literal

# What is known of a model: nothing was asked of it, its last answer was whole, its last one failed, it is left alone.
State = Literal["untried", "answers", "fails", "resting"]

# Failures in a row, and seconds of rest; with the probe's own time-out a server is back in use within ten seconds.
FAILURES = 3
REST = 5.0
# Seconds of rest at most that a server gets for its word: a wrong date should not silence a model for a year.
LONGEST_REST = 3600.0


class Breaker:
    """``probe`` says, in short time, whether it is worth while to try again. Safe to use from several threads."""

    def __init__(self, probe: Callable[[], bool], clock: Callable[[], float] = time.monotonic) -> None:
        self.probe = probe
        self._clock = clock
        self._failures = 0
        self._succeeded = False
        self._until = 0.0
        self._asked_until = -math.inf
        self._lock = threading.Lock()

    @property
    def state(self) -> State:
        """What is known by now; asks nobody."""
        with self._lock:
            now = self._clock()
            if now < self._asked_until or (self._failures >= FAILURES and now < self._until):
                return "resting"
            return "fails" if self._failures else "answers" if self._succeeded else "untried"

    def allows(self) -> bool:
        """May the model be asked? While it rests: no. After that one caller probes, and its finding holds for all."""
        with self._lock:
            if self._clock() < self._asked_until:
                return False
            if self._failures < FAILURES:
                return True
            if self._clock() < self._until:
                return False
            self._until = self._clock() + REST
        if self.probe():
            self.succeeded()
        return self._failures < FAILURES

    def failed(self) -> None:
        """Count a failure."""
        with self._lock:
            self._failures += 1
            self._until = self._clock() + REST

    def rest(self, seconds: float) -> None:
        """The server asked to be left alone for so long. No answer that was under way shortens it."""
        with self._lock:
            self._asked_until = max(self._asked_until, self._clock() + min(seconds, LONGEST_REST))

    def succeeded(self) -> None:
        """All is well."""
        with self._lock:
            self._failures = 0
            self._succeeded = True
