"""What a command hands to the server that has its data folder open, and how a server does it.

A command opens the base itself where it can. Where a server has it, the server changes or asks the base for it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from knowledge.errors import DataFolderError, ServerHolds, UsageError
from knowledge.settings import Setting
from ui import console
from ui.opened import open_assistant, open_base
from ui.settings import data_folder
from ui.stopping import stopping_when

if TYPE_CHECKING:
    from assistant.chain import Assistant
    from assistant.models.call import Stop
    from ingest.handoff import Desk, Ended
    from ingest.order import Order
    from ingest.progress import Progress
    from ingest.report import Report
    from knowledge.searcher import Searcher
    from knowledge.wiring import Knowledge

Inquiry = Mapping[str, Any]
Ask = Callable[[Inquiry], dict[str, Any]]


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
    from ui import after_ingest

    report: Report = order.carried_out(knowledge, progress)
    if isinstance(order, Ingest) and not order.dry_run:
        after_ingest.ask(report, knowledge, assistant, progress)
    return report


@contextmanager
def asking(settings: Mapping[str, Setting], purpose: str) -> Iterator[Ask]:
    """What answers inquiries, ``ask`` and ``search``: a base opened here, or the server that has it open."""
    with ExitStack() as stack:
        try:
            opened = stack.enter_context(_opened(settings, purpose))
        except ServerHolds:
            console.note("a server has the data folder open; it answers with its own settings")
            opened = lambda inquiry: _handed(inquiry, settings)  # noqa: E731 (either way a callable)
        yield opened


@contextmanager
def _opened(settings: Mapping[str, Setting], purpose: str) -> Iterator[Ask]:
    if purpose == "search":
        with open_base(settings, purpose) as knowledge:
            searcher = knowledge.searcher()
            yield lambda inquiry: found(searcher, inquiry)
    else:
        with open_assistant(settings, purpose) as assistant:
            yield lambda inquiry: answered(assistant, inquiry)


def _handed(inquiry: Inquiry, settings: Mapping[str, Setting]) -> dict[str, Any]:
    from ingest.handoff import QUESTIONS, hand_over
    from ingest.progress import quiet

    said = hand_over(inquiry, data_folder(settings), QUESTIONS, quiet)
    if said is None:
        raise DataFolderError("the server that had the data folder open has ended", "run the same command again")
    return said


def ask(question: str, history: Sequence[Mapping[str, str]], settings: Mapping[str, Setting]) -> Inquiry:
    """An inquiry for an answer, with the model and the policy that were set where it is from."""
    chosen = {name: settings[name] for name in ("model", "policy")}
    wanted = {name: setting.value if setting.origin != "default" else None for name, setting in chosen.items()}
    return {"kind": "ask", "question": question, "history": list(history), **wanted}


def search(question: str, history: Sequence[Mapping[str, str]], k: int, explain: bool) -> Inquiry:
    """An inquiry for passages."""
    return {"kind": "search", "question": question, "history": list(history), "k": k, "explain": explain}


def answered(assistant: "Assistant", inquiry: Inquiry, stop: "Stop | None" = None) -> dict[str, Any]:
    """The answer to an inquiry, in the documented shape.

    Raises:
        UsageError: the inquiry is from where another policy was set.
    """
    from assistant.question import check

    _check_policy(inquiry["policy"], assistant.policy)
    return assistant.answer(check(inquiry["question"], inquiry["history"]), inquiry["model"], stop).as_dict()


def _check_policy(asked: str | None, here: str) -> None:
    if asked not in (None, here):
        raise UsageError(
            f"the server that has the data folder open answers with FOOTNOTE_POLICY={here}, not {asked}",
            f"unset FOOTNOTE_POLICY to have its answer; or stop it and start it with FOOTNOTE_POLICY={asked}",
        )


def found(searcher: "Searcher", inquiry: Inquiry) -> dict[str, Any]:
    """The passages that an inquiry is for."""
    from assistant.followup import readings
    from assistant.question import check

    hits = searcher.search(readings(check(inquiry["question"], inquiry["history"])), inquiry["k"])
    return {"hits": [hit.as_dict(inquiry["explain"]) for hit in hits]}


@contextmanager
def attending(knowledge: "Knowledge", assistant: "Assistant") -> Iterator["Desk"]:
    """Do what commands hand over, while the block runs; yields the desk that knows how far an order is."""
    from ingest.handoff import BACKGROUND, ORDERS, QUESTIONS, Desk
    from ingest.order import read

    def changed(given: Mapping[str, Any], progress: "Progress", _ended: "Ended") -> dict[str, Any]:
        return asdict(done(read(given), knowledge, lambda: assistant, progress))

    def asked(inquiry: Inquiry, _progress: "Progress", ended: "Ended") -> dict[str, Any]:
        if inquiry["kind"] == "search":
            return found(assistant.searcher, inquiry)
        with stopping_when(ended) as stop:
            return answered(assistant, inquiry, stop)

    orders = Desk(knowledge.folder, ORDERS, changed, BACKGROUND)
    with orders, Desk(knowledge.folder, QUESTIONS, asked):
        yield orders
