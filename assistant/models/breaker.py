"""A circuit breaker: after some failures in a row a model is left alone, until a probe finds its server well.

Source: M. Nygard, Release It! (2007), Circuit Breaker.
"""

import threading
import time
from collections.abc import Callable

# Failures in a row, and seconds of rest; with the probe's own time-out a server is back in use within ten seconds.
FAILURES = 3
REST = 5.0


class Breaker:
    """``probe`` says, in short time, whether it is worth while to try again. Safe to use from several threads."""

    def __init__(self, probe: Callable[[], bool], clock: Callable[[], float] = time.monotonic) -> None:
        self._probe = probe
        self._clock = clock
        self._failures = 0
        self._until = 0.0
        self._lock = threading.Lock()

    def allows(self) -> bool:
        """May the model be asked? While it rests: no. After that one caller probes, and its finding holds for all."""
        with self._lock:
            if self._failures < FAILURES:
                return True
            if self._clock() < self._until:
                return False
            self._until = self._clock() + REST
        if self._probe():
            self.succeeded()
        return self._failures < FAILURES

    def failed(self) -> None:
        """Count a failure."""
        with self._lock:
            self._failures += 1
            self._until = self._clock() + REST

    def succeeded(self) -> None:
        """All is well."""
        with self._lock:
            self._failures = 0
