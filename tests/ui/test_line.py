"""The line of questions: bounded, fair, and left without a trace."""

import asyncio
import json
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import httpx
import pytest

from assistant.models.call import Call
from assistant.models.model import ModelFailed, ScriptedModel, Stream
from tests.ui.conftest import Bakery, service_over, until
from ui.server.application import serving
from ui.server.http_error import HttpError
from ui.server.line import Line, Ticket


def order(line: Line, tickets: dict[str, Ticket]) -> list[str]:
    """Names of those who wait, the next one first."""
    waiting = line._order()
    return sorted((name for name in tickets if tickets[name] in waiting), key=lambda name: waiting.index(tickets[name]))


def test_who_has_asked_least_comes_next() -> None:
    line = Line(at_once=1, waiting=10)
    with ExitStack() as held:
        tickets = {name: held.enter_context(line.ticket(name[0])) for name in ("a1", "a2", "a3", "b1", "c1", "b2")}
        assert order(line, tickets) == ["b1", "c1", "a2", "b2", "a3"]
        assert line.lengths == (1, 5)
    assert len(line) == 0


def test_a_full_line_turns_away_and_a_ticket_left_makes_room() -> None:
    line = Line(at_once=1, waiting=1)
    with line.ticket("a"), pytest.raises(HttpError) as told, line.ticket("b"), line.ticket("c"):
        pass
    assert (told.value.status, told.value.seconds) == (503, 5)
    with line.ticket("d") as ticket:
        assert line.lengths == (1, 0)
        assert order(line, {"d": ticket}) == []
        assert not ticket.stop.is_set
    assert ticket.stop.is_set  # whatever still works on it hangs up before the next one comes


def test_the_place_is_told_when_it_changes() -> None:
    async def told() -> list[int]:
        line = Line(at_once=1, waiting=5, tell_every=0.01)
        places = []
        with ExitStack() as running, ExitStack() as first, ExitStack() as second:
            for held, client in ((running, "a"), (first, "b"), (second, "c")):
                held.enter_context(line.ticket(client))
            with line.ticket("d") as ticket:
                async for place in line.places(ticket):
                    places.append(place)
                    {3: first, 2: second, 1: running}[place].close()  # the last one was being answered
        return places

    assert asyncio.run(told()) == [3, 2, 1]


def test_a_turn_that_comes_as_the_wait_runs_out_is_a_turn() -> None:
    async def told() -> list[int]:
        line = Line(at_once=1, waiting=5, tell_every=0.01)
        with ExitStack() as running:
            running.enter_context(line.ticket("a"))
            with line.ticket("b") as ticket:
                asyncio.get_running_loop().call_later(0.005, time.sleep, 0.02)  # both timers are due in one step
                asyncio.get_running_loop().call_later(0.0101, running.close)
                return [place async for place in line.places(ticket)]

    assert asyncio.run(told()) == []


QUESTION = {"question": "What is bread baked from?"}
ASKED: dict[str, Any] = {
    "/api/chat": QUESTION,
    "/v1/chat/completions": {"messages": [{"role": "user", "content": "What is bread?"}]},
}


class Waiting(ScriptedModel):
    """A model that says one sentence when the test says so."""

    def __init__(self) -> None:
        super().__init__(["Bread is baked from flour. [1]"])
        self.go = threading.Event()

    def stream(self, system: str, user: str, call: Call) -> Stream:
        """Wait, then speak."""
        if not self.go.wait(30):
            raise ModelFailed("nobody said go")
        yield from super().stream(system, user, call)


@pytest.fixture
def slow(bakery: Bakery) -> Iterator[tuple[str, Waiting, Line]]:
    """A server that answers one question at a time, when told to, and lets one wait."""
    model = Waiting()
    service = service_over(bakery.knowledge, line=Line(at_once=1, waiting=1), model=model)
    with serving(service) as url:
        yield url, model, service.line
        model.go.set()


def lines(url: str, stack: ExitStack) -> Iterator[str]:
    """An open stream of an answer, line by line."""
    response = stack.enter_context(httpx.stream("POST", url + "/api/chat", json=QUESTION, timeout=30))
    assert response.status_code == 200
    return response.iter_lines()


def test_who_waits_is_told_the_place_and_who_comes_after_them_when_to_come_back(
    slow: tuple[str, Waiting, Line],
) -> None:
    url, model, line = slow
    with ExitStack() as stack:
        first, second = lines(url, stack), None
        assert "event: sources" in first
        second = lines(url, stack)
        assert next(second) == "event: meta"
        assert json.loads(next(second)[6:])["place"] == 1
        for path, body in ASKED.items():
            full = httpx.post(url + path, json=body)
            assert (full.status_code, full.headers["retry-after"]) == (503, "5")
        model.go.set()
        assert "event: done" in first
        assert "event: done" in second
    until(lambda: len(line) == 0)


def test_who_leaves_the_line_makes_room(slow: tuple[str, Waiting, Line]) -> None:
    url, model, line = slow
    with ExitStack() as first:
        answering = lines(url, first)
        assert "event: sources" in answering
        with ExitStack() as second:
            waiting = lines(url, second)
            assert next(waiting) == "event: meta"
            assert line.lengths == (1, 1)
        until(lambda: line.lengths == (1, 0))
    model.go.set()
    until(lambda: line.lengths == (0, 0))
