"""A model that changed under its name, noticed while the server runs: it answers the articles' own questions."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from assistant.chain import Assistant
from assistant.models.call import Stop
from evals.watch import model_canaries
from knowledge.wiring import Knowledge

# Seconds that a run has to end when the server is stopped.
GRACE = 5.0

log = logging.getLogger(__name__)


@contextmanager
def watching(assistant: Assistant, apart: Callable[[], Assistant], knowledge: Knowledge) -> Iterator[None]:
    """While the block runs, a model that changed answers the articles' questions; ``apart`` makes an assistant for it.

    One run at a time, in a thread of its own; the log tells what came of it.
    """
    stop, running, threads = Stop(), threading.Lock(), list[threading.Thread]()

    def ask(model: str) -> None:
        try:
            for line in model_canaries.run(apart(), model, knowledge.catalogue, stop):
                log.warning(line)
        finally:
            running.release()

    def changed(model: str) -> None:
        if running.acquire(blocking=False):
            threads.append(threading.Thread(target=ask, args=(model,), daemon=True))
            threads[-1].start()

    assistant.changed.when_changed = changed
    try:
        yield
    finally:
        stop.set()
        for thread in threads:
            thread.join(GRACE)
