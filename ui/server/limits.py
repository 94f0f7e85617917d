"""How often somebody may ask: a token bucket a key, in bounded memory."""

import time
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

# Keys remembered; the one not seen for longest goes first. Some 100 bytes each.
MOST_KEYS = 100_000


class Limiter:
    """Lets each key through ``per_minute`` times a minute, as many at once when it has rested; 0 is no limit.

    Source: token bucket, as in RFC 2697's committed rate and burst.
    """

    def __init__(
        self, per_minute: int, clock: Callable[[], float] = time.monotonic, most_keys: int = MOST_KEYS
    ) -> None:
        self._most = per_minute
        self._clock = clock
        self._most_keys = most_keys
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = Lock()

    def wait(self, key: str) -> float:
        """Seconds until ``key`` may come again; 0.0 when it may now, and then it has."""
        if not self._most:
            return 0.0
        with self._lock:
            now = self._clock()
            tokens, seen = self._buckets.pop(key, (float(self._most), now))
            tokens = min(self._most, tokens + (now - seen) * self._most / 60)
            admitted = tokens >= 1
            self._buckets[key] = (tokens - admitted, now)
            if len(self._buckets) > self._most_keys:
                self._buckets.popitem(last=False)
            return 0.0 if admitted else (1 - tokens) * 60 / self._most

    def __len__(self) -> int:
        return len(self._buckets)
