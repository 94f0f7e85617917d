"""A call: what the models do for one question, counted, and the way to stop them from another thread."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field


class Stop:
    """Set once, from any thread, when nobody waits for the answer any longer."""

    def __init__(self) -> None:
        self._set = threading.Event()
        self._actions: list[Callable[[], None]] = []
        self._lock = threading.Lock()

    @property
    def is_set(self) -> bool:
        """Has somebody stopped it?"""
        return self._set.is_set()

    def set(self) -> None:
        """Stop: every action that was asked for runs now, in this thread."""
        with self._lock:
            self._set.set()
            actions, self._actions = self._actions, []
        for action in actions:
            action()

    def when_set(self, action: Callable[[], None]) -> None:
        """Run ``action`` when it is stopped; at once if it is already."""
        with self._lock:
            if not self._set.is_set():
                self._actions.append(action)
                return
        action()

    def wait(self, seconds: float) -> bool:
        """Sleep so long at most; True as soon as it is stopped."""
        return self._set.wait(seconds)


@dataclass
class Call:
    """Tokens and US dollars are sums over all models asked for one question; ``digest`` is the last one's.

    ``left``: was anything sent out of the owner's environment?
    """

    stop: Stop = field(default_factory=Stop)
    input_tokens: int = 0
    output_tokens: int = 0
    cost_usd: float = 0.0
    digest: str = ""
    left: bool = False

    def add(self, other: "Call") -> None:
        """Count in what another model did for the question beside the writer; the digest stays the writer's."""
        self.input_tokens += other.input_tokens
        self.output_tokens += other.output_tokens
        self.cost_usd += other.cost_usd
        self.left = self.left or other.left
