"""Pace: how long to wait before asking a host again."""

import time


class Pace:
    """At most one request per ``seconds`` and host."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._next: dict[str, float] = {}

    def wait(self, host: str, least: float = 0.0) -> None:
        """Sleep until ``host`` may be asked; ``least`` is the interval it wishes itself."""
        now = time.monotonic()
        if (pause := self._next.get(host, now) - now) > 0:
            time.sleep(pause)
        self._next[host] = max(now, self._next.get(host, now)) + max(self._seconds, least)
