"""Every failure of a model, over a real socket and through the whole chain: the visitor still gets an answer."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant.chain import Assistant, Books, Options
from assistant.ledger import Ledger
from assistant.models.model import Patience
from assistant.models.ollama_server import OllamaServer
from assistant.question import check
from assistant.settings import ASSISTANT
from assistant.traces import Traces
from assistant.wiring import make_assistant
from assistant.writers import Writers
from knowledge.settings import Setting
from knowledge.wiring import Knowledge
from tests.failures import FAILURES, Failure, table
from tests.ollama_standin import OllamaStandIn

PAGE = Path(__file__).parents[2] / "docs" / "failures.md"
# Seconds of silence in these tests; and what none of them comes near, unless it waits for ever.
SILENCE, BOUND = 2.0, 30.0
SAYS = "Bread is baked from flour, water and salt. [1]"
ARTICLE = "# Bread\n\n" + "\n\n".join(
    f"Bread number {n} is baked from flour, water and salt, and rises for {n} hours in a warm and quiet place."
    for n in range(1, 40)
)


@pytest.fixture
def stand_in() -> Iterator[OllamaStandIn]:
    with OllamaStandIn(models=["ok"], says=SAYS) as server:
        yield server


@pytest.fixture
def make(base: Knowledge, ingest: Callable[..., Any]) -> Callable[[str], Assistant]:
    import langchain_ollama  # noqa: F401 (seconds once, which no bound should count)

    ingest(bread=ARTICLE)
    engine = base.catalogue.engine

    def made(url: str) -> Assistant:
        patience = Patience(first_byte=SILENCE, stall=SILENCE)
        writers = Writers(OllamaServer(url), patience=patience)
        return Assistant(base.searcher(), writers, Books(Traces(engine, 0), Ledger(engine)), Options("auto", 0.35, 3))

    return made


@pytest.mark.parametrize("failure", FAILURES, ids=lambda failure: failure.model)
def test_the_visitor_gets_an_answer_and_the_note_of_the_table(
    failure: Failure, stand_in: OllamaStandIn, make: Callable[[str], Assistant]
) -> None:
    absent = failure.model.startswith("absent")
    wanted = {"absent": "local", "absent-auto": "auto"}.get(failure.model, failure.model)
    began = time.monotonic()
    answer = make("http://127.0.0.1:9" if absent else stand_in.url).answer(check("What is bread baked from?"), wanted)
    assert time.monotonic() - began < BOUND
    assert answer.answered
    assert "flour, water and salt" in answer.answer
    assert (answer.note or "") == failure.seen
    assert answer.model.kind == ("local" if failure.model in ("flaky", "tags") else "extractive")
    assert [citation.n for citation in answer.citations] == list(range(1, len(answer.citations) + 1))


def test_the_table_in_the_docs_is_the_one_that_is_tested() -> None:
    assert PAGE.read_text(encoding="utf-8") == table(), "python -m tests.failures > docs/failures.md"


def test_warming_up_loads_the_model_with_the_window_of_every_request(
    stand_in: OllamaStandIn, make: Callable[[str], Assistant]
) -> None:
    assistant = make(stand_in.url)
    assistant.warm()
    assistant.answer(check("What is bread baked from?"))
    assert [(sent["model"], sent["options"]["num_ctx"]) for sent in stand_in.requests] == [("ok", 8192), ("ok", 8192)]
    assert stand_in.requests[0]["messages"] == []


def test_a_model_that_changed_under_its_name_is_told_to_the_owner(
    stand_in: OllamaStandIn, make: Callable[[str], Assistant], caplog: pytest.LogCaptureFixture
) -> None:
    make(stand_in.url).answer(check("What is bread baked from?"))
    make(stand_in.url).warm()
    assert "has changed" not in caplog.text
    stand_in.digests["ok"] = "b" * 64
    make(stand_in.url).warm()
    assert "ok has changed since it last wrote (aaaaaaaaaaaa, now bbbbbbbbbbbb)" in caplog.text


def test_a_model_that_changes_while_it_is_in_use_is_told_once(
    stand_in: OllamaStandIn, make: Callable[[str], Assistant], caplog: pytest.LogCaptureFixture
) -> None:
    told: list[str] = []
    for digest in ("a", "b", "b"):
        stand_in.digests["ok"] = digest * 64
        assistant = make(stand_in.url)
        assistant.changed.when_changed = told.append
        assistant.answer(check("What is bread baked from?"))
    assert told == ["ok"]
    assert caplog.text.count("has changed") == 1


def test_a_change_that_was_told_at_the_start_is_not_told_again_with_the_first_answers(
    stand_in: OllamaStandIn, make: Callable[[str], Assistant], caplog: pytest.LogCaptureFixture
) -> None:
    make(stand_in.url).answer(check("What is bread baked from?"))
    stand_in.digests["ok"] = "b" * 64
    assistant, told = make(stand_in.url), list[str]()
    assistant.changed.when_changed = told.append
    assistant.warm()
    assistant.answer(check("What is bread baked from?"))
    assert told == ["ok"]
    assert caplog.text.count("has changed") == 1


def test_the_ledger_holds_the_digest_of_the_writer_and_not_of_the_model_that_moderates(
    base: Knowledge, ingest: Callable[..., Any], caplog: pytest.LogCaptureFixture
) -> None:
    ingest(bread=ARTICLE)
    with OllamaStandIn(models=["guard", "ok"], says=lambda user: SAYS if "<passage" in user else "safe") as server:
        server.digests["guard"] = "c" * 64
        given = {"ollama_url": server.url, "moderator": "guard"}
        settings = {s.name: s for s in ASSISTANT} | {name: Setting(name, value, "") for name, value in given.items()}
        assert make_assistant(base, settings).answer(check("What is bread baked from?")).model.name == "ok"
        assert len(server.requests) == 3
        make_assistant(base, settings).warm()
    (row,) = Ledger(base.catalogue.engine).rows()
    assert row.digest == "a" * 64
    assert row.output_tokens == len(SAYS.split()) + 2  # of both models
    assert "has changed" not in caplog.text


def test_a_model_that_was_trained_on_less_gets_a_smaller_window(
    stand_in: OllamaStandIn, make: Callable[[str], Assistant]
) -> None:
    stand_in.models.append("small")
    make(stand_in.url).answer(check("What is bread baked from?"), "small")
    assert stand_in.requests[0]["options"]["num_ctx"] == 2048
