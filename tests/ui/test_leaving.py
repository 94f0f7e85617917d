"""Who closes a page or hangs up while a model is silent or writes on: the connection to the model is closed at once.

How long that takes is measured by ``benchmarks/overhead.py``.
"""

import http.client
import json
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest

from assistant.ledger import Ledger
from knowledge.wiring import Knowledge
from tests.ollama_standin import OllamaStandIn
from tests.ui.conftest import service_over
from ui.server.application import serving

# Far below the time-out of two minutes, or of 30 seconds, which is what would end it otherwise.
BOUND = 10.0


ASKED = "What is bread baked from?"
ROUTES = {
    "/api/chat": {"question": ASKED},
    "/v1/chat/completions": {"messages": [{"role": "user", "content": ASKED}], "stream": False},
}


@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize("fault", ["hang", "stall", "endless"])
def test_who_leaves_hangs_up_on_the_model(base: Knowledge, ingest: Callable[..., Any], fault: str, route: str) -> None:
    ingest(bread="# Bread\n\nBread is baked from flour, water and salt.")
    with OllamaStandIn(models=[fault], pause=0.05) as ollama, serving(service_over(base, ollama_url=ollama.url)) as url:
        connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=BOUND)
        connection.request("POST", route, json.dumps(ROUTES[route]), {"Content-Type": "application/json"})
        assert _within(lambda: bool(ollama.requests))
        connection.close()
        assert _within(lambda: len(ollama.left) == 1)
        assert _within(lambda: len(Ledger(base.catalogue.engine).rows()) == 1)


def _within(happened: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + BOUND
    while not happened() and time.monotonic() < deadline:
        time.sleep(0.02)
    return happened()
