"""Composition root: an assistant over an open knowledge base."""

from collections.abc import Mapping
from typing import Any

from assistant.chain import Assistant, Books, Options
from assistant.ledger import Ledger
from assistant.models.model import ChatModel
from assistant.moderation import Classifier, Moderator, Rules
from assistant.traces import Traces
from assistant.wiring_writers import make_writers
from assistant.writers import Writers
from assistant.writing import UNSUPPORTED
from knowledge.errors import UnknownSetting
from knowledge.settings import Setting, values
from knowledge.wiring import Knowledge


def make_assistant(
    knowledge: Knowledge, settings: Mapping[str, Setting], given: ChatModel | None = None, books: Books | None = None
) -> Assistant:
    """An assistant with the owner's settings; ``given`` replaces the local model, ``books`` the owner's.

    Raises:
        IndexEmpty, IndexMismatch: see ``Knowledge.searcher``.
        UnknownSetting: a value that cannot be.
        UsageError: the model set is one that the policy does not allow.
    """
    value = values(settings)
    sure, sentences = float(value["answer_when_sure"]), int(value["max_sentences"])
    engine = knowledge.catalogue.engine
    books = books or Books(Traces(engine, int(value["trace_days"])), Ledger(engine))
    books.ledger.begin()
    writers = make_writers(value, books.ledger, given)
    options = Options(writers.check(str(value["model"])), sure, sentences, _unsupported(str(value["unsupported"])))
    return Assistant(knowledge.searcher(), writers, books, options, _moderators(value, writers))


def unrecorded(knowledge: Knowledge) -> Books:
    """Books in which nothing is written; what closed models cost before is still read there."""
    engine = knowledge.catalogue.engine
    return Books(Traces(engine, 0), Ledger(engine, adds=False))


def _unsupported(what: str) -> str:
    if what not in UNSUPPORTED:
        raise UnknownSetting(f"FOOTNOTE_UNSUPPORTED={what!r} is none of them", f"one of {', '.join(UNSUPPORTED)}")
    return what


def _moderators(value: Mapping[str, Any], writers: Writers) -> list[Moderator]:
    """The rules, and the owner's classifier where one is named; none at all for ``off``."""
    if value["moderation"] == "off":
        return []
    rules = Rules(str(value["moderation"]))
    name = str(value["moderator"])
    return [rules, Classifier(lambda: writers.named(name))] if name else [rules]
