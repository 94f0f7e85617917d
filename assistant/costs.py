"""Local against closed: what each cost over a period, and the volume at which a machine of one's own pays off."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.ledger import Total
from assistant.models.prices import Price


@dataclass(frozen=True, slots=True)
class Costs:
    """US dollars. ``closed_per_answer`` is what a closed answer cost, or would at a price; None where nothing tells.

    ``break_even`` is how many answers a month cost as much from the closed model as the machine does.
    """

    local_answers: int
    closed_answers: int
    closed_cost_usd: float
    closed_per_answer: float | None
    machine_per_month: float
    break_even: float | None


def compare(totals: Sequence[Total], price: Price | None, machine_per_month: float) -> Costs:
    """Sums of a ledger's totals; with ``price`` closed answers are priced by the mean tokens of all model's answers."""
    local = [total for total in totals if total.kind == "local"]
    closed = [total for total in totals if total.kind == "closed"]
    answers, cost = sum(total.answers for total in closed), sum(total.cost_usd for total in closed)
    each = _at(price, [*local, *closed]) if price else cost / answers if answers else None
    even = machine_per_month / each if each else None
    return Costs(sum(total.answers for total in local), answers, cost, each, machine_per_month, even)


def _at(price: Price, totals: Sequence[Total]) -> float | None:
    """What the mean answer would cost at a price."""
    answers = sum(total.answers for total in totals)
    if not answers:
        return None
    read, written = sum(total.input_tokens for total in totals), sum(total.output_tokens for total in totals)
    return price.cost(read, written) / answers
