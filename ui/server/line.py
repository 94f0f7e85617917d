"""The line of questions: some are answered at once, some more may wait, and who has asked least comes next."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from assistant.models.call import Stop
from ui.server.http_error import HttpError

# When to come back to a full line: some of its questions have been answered by then, also by a slow model.
COME_BACK = 5


@dataclass(eq=False)
class Ticket:
    """One question's place; ``turn`` is set when it is its turn, ``stop`` when nobody waits for it any longer."""

    client: str
    stop: Stop = field(default_factory=Stop)
    turn: asyncio.Event = field(default_factory=asyncio.Event)


class Line:
    """``at_once`` questions are answered at the same time, ``waiting`` more may wait. Lives in one event loop.

    Whoever waits longer is told the place every ``tell_every`` seconds: told of each move, 50 who wait keep it busy.
    """

    def __init__(self, at_once: int = 8, waiting: int = 64, tell_every: float = 1.0) -> None:
        self._at_once = at_once
        self._tell_every = tell_every
        self._most = at_once + waiting
        self._running: list[Ticket] = []
        self._waiting: list[Ticket] = []

    @contextmanager
    def ticket(self, client: str) -> Iterator[Ticket]:
        """A place in the line, given back at the end of the block, at whatever point that comes.

        Raises:
            HttpError: 503, the line is full.
        """
        if len(self) >= self._most:
            raise HttpError(
                503, "too many questions are waiting", f"try again in {COME_BACK} s", COME_BACK, "full_line"
            )
        ticket = Ticket(client)
        self._waiting.append(ticket)
        self._move()
        try:
            yield ticket
        finally:
            ticket.stop.set()
            (self._running if ticket in self._running else self._waiting).remove(ticket)
            self._move()

    async def places(self, ticket: Ticket) -> AsyncIterator[int]:
        """The ticket's place, 1 being the next, as long as it changes; ends when it is its turn, maybe without any."""
        told = 0
        while not ticket.turn.is_set():
            try:
                async with asyncio.timeout(self._tell_every):
                    await ticket.turn.wait()
            except TimeoutError:
                if ticket.turn.is_set():  # its turn came in the same step of the loop
                    return
                place = self._order().index(ticket) + 1
                if place != told:
                    yield place
                    told = place

    def __len__(self) -> int:
        return len(self._running) + len(self._waiting)

    @property
    def lengths(self) -> tuple[int, int]:
        """How many are being answered, and how many wait."""
        return len(self._running), len(self._waiting)

    def _order(self) -> list[Ticket]:
        """Who comes next: whose client has fewest questions before it, among those who came first."""
        before = Counter(ticket.client for ticket in self._running)
        ranked = []
        for number, ticket in enumerate(self._waiting):
            ranked.append((before[ticket.client], number))
            before[ticket.client] += 1
        return [self._waiting[number] for _, number in sorted(ranked)]

    def _move(self) -> None:
        free = self._at_once - len(self._running)
        for ticket in self._order()[:free] if free > 0 else []:
            self._waiting.remove(ticket)
            self._running.append(ticket)
            ticket.turn.set()
