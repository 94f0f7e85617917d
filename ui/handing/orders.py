"""Orders: what changes the base, carried out here or by the server that has it open."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from knowledge.errors import ServerHolds
from knowledge.settings import Setting, data_folder
from ui.opened import open_base
from ui.terminal import console

if TYPE_CHECKING:
    from assistant.chain import Assistant
    from ingest.order import Order
    from ingest.progress import Progress
    from ingest.report import Report
    from knowledge.wiring import Knowledge


def carried_out(order: "Order", settings: Mapping[str, Setting], purpose: str, progress: "Progress") -> "Report":
    """The report of an order, done here or by the server that has the folder open."""
    from assistant.wiring import make_assistant
    from ingest.handoff import ORDERS, hand_over
    from ingest.order import written
    from ingest.report import Report

    while True:
        try:
            with open_base(settings, purpose) as knowledge:
                return done(order, knowledge, lambda: make_assistant(knowledge, settings), progress)
        except ServerHolds:
            console.note("a server has the data folder open; it does the work")
            handed = hand_over(written(order), data_folder(settings), ORDERS, progress)
            if handed is not None:
                return Report(**handed)


def done(
    order: "Order", knowledge: "Knowledge", assistant: Callable[[], "Assistant"], progress: "Progress"
) -> "Report":
    """An order done to an open base; what follows an ingest."""
    from ingest.order import Ingest
    from ui.handing import after_ingest

    report: Report = order.carried_out(knowledge, progress)
    if isinstance(order, Ingest) and not order.dry_run:
        after_ingest.ask(report, knowledge, assistant, progress)
    return report
