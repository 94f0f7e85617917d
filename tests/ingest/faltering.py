"""A part of an open base that dies in the middle of a run, as a killed process would leave it."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, cast

from knowledge.wiring import Knowledge


class Killed(BaseException):
    """Like SIGKILL, it is caught by nobody."""


class Faltering:
    """Passes everything on to the real part, but dies at the ``nth`` call of ``method``, before or after it worked."""

    def __init__(self, real: object, method: str, nth: int, after: bool) -> None:
        self._real = real
        self._method = method
        self._left = nth
        self._after = after

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._real, name)
        return self._counted(found) if name == self._method else found

    def _counted(self, method: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            self._left -= 1
            if self._left == 0 and not self._after:
                raise Killed
            result = method(*args, **kwargs)
            if self._left == 0:
                raise Killed
            return result

        return call


def faltering(base: Knowledge, part: str, method: str, nth: int = 1, after: bool = False) -> Knowledge:
    """``base`` with one part that dies."""
    dying = Faltering(getattr(base, part), method, nth, after)
    return replace(base, **{part: cast(Any, dying)})
