"""Composition root: an assistant over an open knowledge base."""

from collections.abc import Mapping

from assistant.chain import Assistant, Options
from assistant.ledger import Ledger
from assistant.models.address import check_url
from assistant.models.model import ChatModel, Patience
from assistant.models.ollama_server import OllamaServer
from assistant.traces import Traces
from assistant.writers import Writers, check_model
from knowledge.errors import UnknownSetting
from knowledge.settings import Setting
from knowledge.wiring import Knowledge

# Tokens in which rules, one question, one passage and the answer fit.
LEAST_WINDOW = 2048


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
    if int(value["num_ctx"]) < LEAST_WINDOW:
        raise UnknownSetting(f"FOOTNOTE_NUM_CTX={value['num_ctx']} is too small", f"set it to {LEAST_WINDOW} or more")
    if sentences < 1:
        raise UnknownSetting(f"FOOTNOTE_MAX_SENTENCES={sentences} is less than one", "set it to 1 or more")
    writers = Writers(
        OllamaServer(check_url(str(value["ollama_url"]))), str(value["ollama_model"]), int(value["num_ctx"]),
        Patience(whole=float(value["answer_seconds"])), given,
    )  # fmt: skip
    traces = Traces(knowledge.catalogue.engine, int(value["trace_days"]))
    options = Options(check_model(str(value["model"])), sure, sentences)
    return Assistant(knowledge.searcher(), writers, traces, Ledger(knowledge.catalogue.engine), options)
