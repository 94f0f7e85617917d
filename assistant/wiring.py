"""Composition root: an assistant over an open knowledge base."""

from collections.abc import Mapping

from assistant.chain import Assistant, Options
from assistant.ledger import Ledger
from assistant.local import ChatModel
from assistant.ollama import check_url
from assistant.traces import Traces
from assistant.writers import Writers, check_model
from knowledge.errors import UnknownSetting
from knowledge.settings import Setting
from knowledge.wiring import Knowledge


def make_assistant(knowledge: Knowledge, settings: Mapping[str, Setting], given: ChatModel | None = None) -> Assistant:
    """An assistant with the owner's settings; ``given`` replaces the local model.

    Raises:
        IndexEmpty, IndexMismatch: see ``Knowledge.searcher``.
        UnknownSetting: a value out of its range.
    """
    value = {name: setting.value for name, setting in settings.items()}
    sure, sentences = float(value["answer_when_sure"]), int(value["max_sentences"])
    if not 0 <= sure <= 1:
        raise UnknownSetting(f"FOOTNOTE_ANSWER_WHEN_SURE={sure} is not a probability", "set it between 0 and 1")
    if sentences < 1:
        raise UnknownSetting(f"FOOTNOTE_MAX_SENTENCES={sentences} is less than one", "set it to 1 or more")
    writers = Writers(check_url(str(value["ollama_url"])), str(value["ollama_model"]), given)
    traces = Traces(knowledge.catalogue.engine, int(value["trace_days"]))
    options = Options(check_model(str(value["model"])), sure, sentences)
    return Assistant(knowledge.searcher(), writers, traces, Ledger(knowledge.catalogue.engine), options)
