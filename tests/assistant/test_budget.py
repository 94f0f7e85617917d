"""Budgets: money is set aside before a call, what was not spent comes back, a new day starts anew."""

from datetime import date

import pytest

from assistant.budget import Budget, Metered
from assistant.ledger import Entry, Ledger
from assistant.models.call import Call
from assistant.models.model import ModelFailed, ScriptedModel
from assistant.models.prices import Price
from knowledge.wiring import Knowledge

MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)


@pytest.fixture
def ledger(base: Knowledge) -> Ledger:
    return Ledger(base.catalogue.engine)


def budget(
    ledger: Ledger, per_day: float = 1.0, per_visitor: float = 1.0, days: tuple[date, ...] = (MONDAY,)
) -> Budget:
    left = list(days)
    return Budget(ledger, per_day, per_visitor, lambda: left.pop(0) if len(left) > 1 else left[0])


def spend(purse: Budget, most: float, spent: float, visitor: str = "a") -> None:
    with purse.set_aside(most, visitor) as bill:
        bill.append(spent)


def test_what_is_not_spent_comes_back(ledger: Ledger) -> None:
    purse = budget(ledger, 1.0)
    for _ in range(4):
        spend(purse, 0.5, 0.125)
    with pytest.raises(ModelFailed, match="budget spent"):
        spend(purse, 0.51, 0)


def test_calls_that_run_at_once_cannot_overspend(ledger: Ledger) -> None:
    purse = budget(ledger, 1.0)
    with purse.set_aside(0.6, "a"), pytest.raises(ModelFailed, match="budget spent"):
        spend(purse, 0.6, 0, "b")
    spend(purse, 0.6, 0, "b")


def test_a_visitor_cannot_spend_the_budget_of_all(ledger: Ledger) -> None:
    purse = budget(ledger, 1.0, 0.25)
    spend(purse, 0.25, 0.25, "a")
    with pytest.raises(ModelFailed, match="budget spent"):
        spend(purse, 0.25, 0.25, "a")
    spend(purse, 0.25, 0.25, "b")


def test_the_day_begins_with_what_the_ledger_says_and_ends_at_midnight(ledger: Ledger) -> None:
    ledger.add(Entry("one", "closed", "m", cost_usd=0.75, at="2026-11-23T09:00:00+00:00"))
    purse = budget(ledger, 1.0, days=(MONDAY, TUESDAY))
    with pytest.raises(ModelFailed, match="budget spent"):
        spend(purse, 0.5, 0)
    spend(purse, 0.5, 0)


def test_a_reader_who_leaves_pays_for_what_was_written(ledger: Ledger) -> None:
    call = Call()
    model = Metered(ScriptedModel(["word "] * 50), Price(0, 1e6), budget(ledger, 1000, 1000), "a")
    stream = model.stream("s", "u", call)
    next(stream), next(stream)
    stream.close()
    assert call.cost_usd == 2.0
