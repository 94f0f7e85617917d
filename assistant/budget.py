"""Budgets: what closed models may cost in a day, in all and for one visitor. Money is set aside before a call."""

import threading
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime

from assistant.ledger import Ledger
from assistant.models.call import Call
from assistant.models.model import MOST_TOKENS, ChatModel, ModelFailed, Stream
from assistant.models.prices import Price
from assistant.models.tokens import tokens


def today() -> date:
    """The day in UTC, as the ledger counts it."""
    return datetime.now(UTC).date()


class Budget:
    """US dollars. The day's spending is read from the ledger, where there is one, at the start and kept up here.

    Who the visitors are is kept in memory only, for a day: a restart forgets them, the day's budget stays.
    """

    def __init__(
        self, ledger: Ledger | None, per_day: float, per_visitor: float, day: Callable[[], date] = today
    ) -> None:
        self._ledger = ledger
        self._per_day = per_day
        self._per_visitor = per_visitor
        self._today = day
        self._day: date | None = None
        self._spent = 0.0
        self._by_visitor: defaultdict[str, float] = defaultdict(float)
        self._lock = threading.Lock()

    @contextmanager
    def set_aside(self, most: float, visitor: str) -> Iterator[list[float]]:
        """Keep ``most`` free while the block runs; what it appends to the list was spent.

        Raises:
            ModelFailed: the day's or the visitor's budget has not as much left.
        """
        self._take(most, visitor)
        spent: list[float] = []
        try:
            yield spent
        finally:
            self._give_back(most - sum(spent), visitor)

    def _take(self, most: float, visitor: str) -> None:
        with self._lock:
            if self._day != (day := self._today()):
                self._day, self._spent = day, self._ledger.cost_since(day.isoformat()) if self._ledger else 0.0
                self._by_visitor.clear()
            if self._spent + most > self._per_day or self._by_visitor[visitor] + most > self._per_visitor:
                raise ModelFailed("budget spent")
            self._spent += most
            self._by_visitor[visitor] += most

    def _give_back(self, rest: float, visitor: str) -> None:
        with self._lock:
            self._spent -= rest
            self._by_visitor[visitor] -= rest


class Metered:
    """A model that costs money, inside a budget; what it cost is added to the call."""

    def __init__(self, model: ChatModel, price: Price, budget: Budget, visitor: str) -> None:
        self.name, self.kind, self.stays_here, self.window = model.name, model.kind, model.stays_here, model.window
        self._model = model
        self._price = price
        self._budget = budget
        self._visitor = visitor

    def stream(self, system: str, user: str, call: Call) -> Stream:
        """The model's answer.

        Raises:
            ModelFailed: as the model, or ``budget spent``.
        """
        most = self._price.cost(tokens(system + user), MOST_TOKENS)
        read, written = call.input_tokens, call.output_tokens
        with self._budget.set_aside(most, self._visitor) as spent:
            try:
                yield from self._model.stream(system, user, call)
            finally:
                cost = self._price.cost(call.input_tokens - read, call.output_tokens - written)
                call.cost_usd += cost
                spent.append(cost)
