"""Calls made at the same time become one call on all of them: sixteen questions are one run of the model.

Nobody waits for company: what has come in while the batch before was running is the next batch.
"""

from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Generic, TypeVar

In = TypeVar("In")
Out = TypeVar("Out")


class Together(Generic[In, Out]):
    """Call it with one thing from any thread; ``work`` gets up to ``most`` things and gives as many results, in order.

    An error of ``work`` is raised in every call of its batch.
    """

    def __init__(self, work: Callable[[list[In]], Iterable[Out]], most: int) -> None:
        self._work = work
        self._most = most
        self._waiting: deque[tuple[In, Future[Out]]] = deque()
        self._worker = ThreadPoolExecutor(1, "together")

    def __call__(self, one: In) -> Out:
        """The result for ``one``."""
        asked: Future[Out] = Future()
        self._waiting.append((one, asked))
        self._worker.submit(self._next_batch)
        return asked.result()

    def _next_batch(self) -> None:
        batch = [self._waiting.popleft() for _ in range(min(len(self._waiting), self._most))]
        if not batch:  # an earlier batch took them along
            return
        try:
            results = self._work([one for one, _ in batch])
        except Exception as error:  # noqa: BLE001 (raised again where the result is asked for)
            for _, asked in batch:
                asked.set_exception(error)
            return
        for (_, asked), result in zip(batch, results, strict=True):
            asked.set_result(result)
