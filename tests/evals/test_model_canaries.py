"""A model that changed under its name answers the articles' questions, beside the server's work and in no book."""

import threading
from collections.abc import Callable
from typing import Any

import pytest

from assistant.chain import Assistant
from assistant.ledger import Ledger
from assistant.models.call import Stop
from assistant.question import check
from assistant.settings import ASSISTANT
from assistant.wiring import make_assistant, unrecorded
from evals.watch.model_canaries import run
from knowledge.settings import Setting
from knowledge.wiring import Knowledge
from tests.ollama_standin import OllamaStandIn
from tests.ui.conftest import until
from ui.server.model_watch import watching

BREAD = "# Bread\n\n## What is bread baked from?\n\nBread is baked from flour, water and salt.\n"
TEA = "# Tea\n\n## What is tea brewed from?\n\nTea is brewed from dried leaves in hot water.\n"


def says(user: str) -> str:
    """It knows of bread alone, and adds something of its own."""
    if "tea brewed" in user.rpartition("Question:")[2]:
        return "NOT_IN_ARTICLES"
    return "Bread is baked from flour, water and salt. [1] Bread is baked from 99 eggs. [1]"


def settings(url: str) -> dict[str, Setting]:
    return {setting.name: setting for setting in ASSISTANT} | {"ollama_url": Setting("ollama_url", url, "")}


def test_what_the_model_answers_and_what_not_is_told(base: Knowledge, ingest: Callable[..., Any]) -> None:
    ingest(bread=BREAD, tea=TEA)
    with OllamaStandIn(says=says) as server:
        assistant = make_assistant(base, settings(server.url), books=unrecorded(base))
        assert run(assistant, "ok", base.catalogue, Stop()) == [
            "canaries: ok answers 1 of 2 questions of the articles, 0 with every sentence carried",
            "canary lost: ok does not answer 'What is tea brewed from?' (tea)",
        ]
        assert len(run(assistant, "ok", base.catalogue, Stop(), most=1)) == 1
        stopped = Stop()
        stopped.set()
        assert run(assistant, "ok", base.catalogue, stopped) == []
    assert Ledger(base.catalogue.engine).rows() == []


def test_two_changes_told_in_one_moment_start_one_run(base: Knowledge, ingest: Callable[..., Any]) -> None:
    ingest(tea=TEA)
    asked, gate = list[str](), threading.Event()

    def apart() -> Assistant:
        asked.append("ok")
        return make_assistant(base, settings("http://127.0.0.1:9"), books=unrecorded(base))

    assistant = make_assistant(base, settings("http://127.0.0.1:9"))
    with watching(assistant, apart, base):
        threading.setprofile(lambda *_: gate.wait())  # a new thread stands still before its first step
        try:
            assistant.changed.when_changed("ok")
            assistant.changed.when_changed("ok")
        finally:
            threading.setprofile(None)
            gate.set()
    assert asked == ["ok"]


def test_a_server_asks_a_changed_model_again_and_tells_in_its_log(
    base: Knowledge, ingest: Callable[..., Any], caplog: pytest.LogCaptureFixture
) -> None:
    ingest(bread=BREAD, tea=TEA)
    with OllamaStandIn(says=says) as server:
        make_assistant(base, settings(server.url)).answer(check("What is bread baked from?"))
        server.digests["ok"] = "b" * 64
        apart = make_assistant(base, settings(server.url), books=unrecorded(base))
        assistant = make_assistant(base, settings(server.url))
        with watching(assistant, lambda: apart, base):
            assistant.warm()
            until(lambda: "canary lost" in caplog.text)
    assert "has changed since it last wrote" in caplog.text
    assert "canaries: ok answers 1 of 2" in caplog.text
    assert len(Ledger(base.catalogue.engine).rows()) == 1
