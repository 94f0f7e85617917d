"""The policy through the whole chain, at the socket: what leaves, what never does, what it costs, who says so."""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from assistant.budget import Budget
from assistant.chain import Assistant, Books, Options
from assistant.ledger import Ledger
from assistant.models.api import ApiModel
from assistant.models.breaker import Breaker
from assistant.models.call import Call
from assistant.models.model import ModelFailed, Patience, ScriptedModel
from assistant.models.ollama_server import OllamaServer
from assistant.models.prices import Price
from assistant.question import check
from assistant.settings import ASSISTANT
from assistant.standing import Standing, standing
from assistant.traces import Traces
from assistant.wiring import make_assistant
from assistant.wiring_writers import make_writers
from assistant.writers import Closed, Writers
from knowledge.errors import UnknownSetting, UsageError
from knowledge.wiring import Knowledge
from tests.closed_standin import ClosedStandIn

PUBLIC = "# Bread\n\nBread is baked from flour, water and salt. Write to baker@example.com or call +31 20 123 4567."
HOUSE = "---\nlocal_only: true\n---\n# Bread prices\n\nBread costs the bakery 0.42 euro of flour, which is a secret."
QUESTION = "What is bread baked from?"


class Away(ApiModel):
    """The stand-in as if it were somewhere else: loopback is all that tests may reach."""

    def __init__(self, server: ClosedStandIn, name: str = "ok") -> None:
        super().__init__(f"openai:{name}", "sk-secret", f"{server.url}/v1", patience=Patience(first_byte=1, stall=1))
        self.stays_here, self.kind = False, "closed"


@pytest.fixture
def closed() -> Iterator[ClosedStandIn]:
    with ClosedStandIn(says="Bread is baked from flour, water and salt. [1]") as server:
        yield server


Make = Callable[..., Assistant]


@pytest.fixture
def make(base: Knowledge, ingest: Callable[..., Any], closed: ClosedStandIn) -> Make:
    ingest(bread=PUBLIC, prices=HOUSE)
    engine = base.catalogue.engine

    def made(
        policy: str = "closed", local: ScriptedModel | None = None, day: float = 1.0, visitor: float = 1.0,
        name: str = "ok", unsupported: str = "drop", sure: float = 0.35,
    ) -> Assistant:  # fmt: skip
        ledger = Ledger(engine)
        paid = Closed(Away(closed, name), Price(2.0, 10.0), Budget(ledger, day, visitor), Breaker(lambda: True))
        writers = Writers(OllamaServer("http://127.0.0.1:9"), given=local, policy=policy, closed=paid)
        options = Options("auto", sure, 3, unsupported)
        return Assistant(base.searcher(), writers, Books(Traces(engine, 30), ledger), options)

    return made


def sent(server: ClosedStandIn) -> str:
    return json.dumps([request["messages"] for request in server.requests])


def test_a_closed_model_writes_and_the_answer_says_so(make: Make, closed: ClosedStandIn, base: Knowledge) -> None:
    answer = make().answer(check(QUESTION))
    assert answer.answer == "Bread is baked from flour, water and salt. [1]"
    assert (answer.model.kind, answer.model.name, answer.left_environment) == ("closed", "ok", True)
    assert answer.cost_usd == pytest.approx((1000 * 2.0 + 50 * 10.0) / 1e6)
    [row] = Ledger(base.catalogue.engine).rows()
    assert (row.kind, row.left_environment, row.input_tokens, row.cost_usd) == ("closed", True, 1000, answer.cost_usd)
    assert len(closed.requests) == 1


def test_an_article_that_stays_here_never_reaches_a_closed_model(make: Make, closed: ClosedStandIn) -> None:
    history = [
        {"role": "user", "content": "What does bread cost the bakery?"},
        {"role": "assistant", "content": "These are the prices:\n- 0.42 euro of flour [1]\n- a secret [1]"},
    ]
    assistant = make()
    assistant.answer(check(QUESTION))
    assistant.answer(check("And the first one, for bread?", history))
    assistant.answer(check("What does bread cost the bakery in flour?"))
    assert closed.requests
    assert "flour, water and salt" in sent(closed)
    assert "0.42" not in sent(closed)
    assert "secret" not in sent(closed)


def test_where_only_such_articles_answer_nothing_is_sent(base: Knowledge, ingest: Callable[..., Any], make: Make,
                                                          closed: ClosedStandIn) -> None:  # fmt: skip
    ingest(bread=HOUSE.replace("prices", "price"), prices=HOUSE)
    answer = make().answer(check("What does bread cost the bakery in flour?"))
    assert closed.requests == []
    assert (answer.model.kind, answer.left_environment) == ("extractive", False)
    assert "0.42 euro" in answer.answer
    assert "articles stay here" in (answer.note or "")


def test_what_stays_here_answers_by_extraction_when_the_closed_model_finds_nothing(
    make: Make, closed: ClosedStandIn
) -> None:
    closed.says = "NOT_IN_ARTICLES"
    answer = make().answer(check("What does bread cost the bakery in flour?"))
    assert answer.model.kind == "extractive"
    assert "0.42 euro" in answer.answer
    assert answer.left_environment


def test_personal_data_is_replaced_before_it_leaves_and_put_back(make: Make, closed: ClosedStandIn) -> None:
    stands = re.compile(r"\[email-\d\]")

    def says(user: str) -> str:
        return f"Bread is baked from flour, water and salt, write to {stands.findall(user)[0]}. [1]"

    closed.says = says
    answer = make(sure=0.0).answer(
        check(f"{QUESTION} I am jan@voorbeeld.nl, bsn 111222333, IBAN NL91 ABNA 0417 1643 00.")
    )
    for datum in ("baker@example.com", "20 123 4567", "jan@voorbeeld.nl", "111222333", "ABNA"):
        assert datum not in sent(closed)
    assert "baker@example.com" in answer.answer
    assert not stands.search(answer.answer)


def test_with_the_local_policy_nothing_is_sent(make: Make, closed: ClosedStandIn) -> None:
    assistant = make("local")
    assert assistant.answer(check(QUESTION)).model.kind == "extractive"
    with pytest.raises(UsageError, match="the policy is local"):
        assistant.answer(check(QUESTION), "closed")
    assert closed.requests == []


def test_a_good_local_draft_is_not_escalated(make: Make, closed: ClosedStandIn) -> None:
    local = ScriptedModel(["Bread is baked from flour, water and salt. [1]"])
    answer = make("escalate", local).answer(check(QUESTION))
    assert (answer.model.kind, answer.left_environment, closed.requests) == ("local", False, [])


@pytest.mark.parametrize(
    "draft", ["Bread is baked from 99 kilos of gold. [1]", "Bread is good for you.", "NOT_IN_ARTICLES"]
)
def test_a_local_draft_that_fails_the_check_is_escalated(make: Make, closed: ClosedStandIn, draft: str) -> None:
    answer = make("escalate", ScriptedModel([draft])).answer(check(QUESTION))
    assert answer.answer == "Bread is baked from flour, water and salt. [1]"
    assert (answer.model.kind, answer.left_environment, answer.note) == ("closed", True, None)
    assert len(closed.requests) == 1


def test_the_trace_tells_what_was_wrong_with_an_escalated_draft(make: Make, base: Knowledge) -> None:
    local = ScriptedModel(["Bread is baked from flour, water and salt. [1] Bread is baked from 99 eggs. [1]"])
    answer = make("escalate", local).answer(check(QUESTION))
    found = Traces(base.catalogue.engine, 30).find(answer.trace_id)
    assert found
    doubt = {"text": "Bread is baked from 99 eggs.", "why": "a figure the passage lacks"}
    assert found.record["attempts"] == [{"model": "scripted", "why": "doubted", "doubts": [doubt]}]
    assert (found.record["model"]["kind"], found.record["doubts"]) == ("closed", [])


def test_the_trace_tells_why_a_model_failed(make: Make, base: Knowledge) -> None:
    answer = make("local", ScriptedModel(["Bread is"], fails="crashed")).answer(check(QUESTION))
    found = Traces(base.catalogue.engine, 30).find(answer.trace_id)
    assert found
    assert [(one["model"], one["why"]) for one in found.record["attempts"]] == [("scripted", "crashed")]
    assert found.record["note"] == answer.note


def test_where_the_articles_do_not_answer_nothing_is_escalated(make: Make, closed: ClosedStandIn) -> None:
    make("escalate", ScriptedModel(["NOT_IN_ARTICLES"])).answer(check("Who won the world cup in Brazil?"))
    assert closed.requests == []


def test_a_draft_stands_when_the_closed_model_fails(make: Make) -> None:
    local = ScriptedModel(["Bread is baked from flour, water and salt. [1] It is gold. [1]"])
    answer = make("escalate", local, name="broken").answer(check(QUESTION))
    assert answer.answer == "Bread is baked from flour, water and salt. [1]"
    assert answer.model.kind == "local"
    assert "1 of the model's sentences" in (answer.note or "")


def test_nothing_is_sent_when_the_days_budget_is_spent(make: Make, closed: ClosedStandIn) -> None:
    assistant = make(day=0.008)
    assert assistant.answer(check(QUESTION)).model.kind == "closed"
    answer = assistant.answer(check(QUESTION))
    assert (answer.model.kind, answer.left_environment, len(closed.requests)) == ("extractive", False, 1)
    assert "budget spent" in (answer.note or "")
    assert make(day=0.008).answer(check(QUESTION)).model.kind == "extractive"


def test_each_visitor_has_a_budget(make: Make) -> None:
    assistant = make(visitor=0.008)

    def kind(visitor: str) -> str:
        *_, done = assistant.events(check(QUESTION), visitor=visitor)
        return done.answer.model.kind  # type: ignore[union-attr]

    assert [kind("a"), kind("a"), kind("b")] == ["closed", "extractive", "closed"]


@pytest.mark.parametrize(("setting", "shown"), [
    ("drop", "Bread is baked from flour, water and salt. [1]"),
    ("mark", "Bread is baked from flour, water and salt. [1] It needs 99 eggs. (not confirmed by the articles)"),
])  # fmt: skip
def test_the_reader_sees_what_the_articles_do_not_carry(make: Make, setting: str, shown: str) -> None:
    local = ScriptedModel(["Bread is baked from flour, water and salt. [1] It needs 99 eggs. [1]"])
    answer = make("local", local, unsupported=setting).answer(check(QUESTION))
    assert answer.answer == shown
    assert "1 of the model's sentences" in (answer.note or "")


def test_a_sentence_that_is_not_carried_can_be_replaced_by_the_quotation(make: Make) -> None:
    local = ScriptedModel(["Bread is baked from flour, water and 99 eggs. [1] Buy it at www.evil.example. [1]"])
    answer = make("local", local, unsupported="replace").answer(check(QUESTION))
    assert answer.answer == "“Bread is baked from flour, water and salt.” [1]"
    assert "evil" not in answer.answer


def values(**given: Any) -> dict[str, Any]:
    return {setting.name: setting.value for setting in ASSISTANT} | given


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"policy": "open"}, "FOOTNOTE_POLICY"),
        ({"policy": "closed"}, "FOOTNOTE_POLICY"),
        ({"policy": "escalate", "api_model": "openai:gpt-5"}, "key"),
        ({"policy": "closed", "api_model": "openai:unheard-of", "api_key": "k"}, "no price"),
        ({"api_model": "openai:gpt-5", "api_url": "nowhere"}, "FOOTNOTE_API_URL"),
        ({"api_model": "openai:gpt-5", "api_key_file": "/no/such/file"}, "FOOTNOTE_API_KEY_FILE"),
        ({"ollama_url": "http://models.example.org"}, "FOOTNOTE_OLLAMA_URL"),
        ({"policy": "closed", "api_model": "openai:gpt-5", "api_key": "k", "prices": "/no/file"}, "FOOTNOTE_PRICES"),
    ],
)
def test_settings_that_cannot_be_are_named(base: Knowledge, given: dict[str, Any], named: str) -> None:
    with pytest.raises(UnknownSetting, match=named):
        make_writers(values(**given), Ledger(base.catalogue.engine))


def test_a_server_at_home_takes_ollamas_place(base: Knowledge, closed: ClosedStandIn) -> None:
    writers = make_writers(values(api_model="openai:ok", api_url=f"{closed.url}/v1"), Ledger(base.catalogue.engine))
    model = writers.choose("auto")
    assert model
    assert (model.name, model.kind, model.stays_here) == ("ok", "local", True)


def test_a_server_at_home_that_is_gone_is_left_alone_until_it_is_there_again(
    base: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.models.breaker.REST", 0.0)
    with ClosedStandIn() as server:
        given = values(api_model="openai:ok", api_url=f"{server.url}/v1")
    writers = make_writers(given, Ledger(base.catalogue.engine))
    model = writers.choose("auto")
    assert model
    for reason in ("unreachable", "unreachable", "unreachable", "resting", "resting"):
        with pytest.raises(ModelFailed, match=reason):
            list(model.stream("s", "u", Call()))
    assert standing(writers, "auto") == Standing("ok", "fails")
    with ClosedStandIn(port=int(server.url.rpartition(":")[2])):
        assert list(model.stream("s", "u", Call()))


def test_a_key_comes_from_a_file_too(base: Knowledge, tmp_path: Any, closed: ClosedStandIn) -> None:
    file = tmp_path / "key"
    file.write_text("sk-from-file\n", encoding="utf-8")
    given = values(api_model="openai:ok", api_url=f"{closed.url}/v1", api_key_file=str(file))
    model = make_writers(given, Ledger(base.catalogue.engine)).choose("auto")
    assert model
    list(model.stream("s", "u", Call()))
    assert closed.requests[0]["_headers"]["authorization"] == "Bearer sk-from-file"


def test_no_answer_or_trace_shows_the_key(make: Make, base: Knowledge) -> None:
    assistant = make(name="unauthorized")
    answer = assistant.answer(check(QUESTION))
    trace = Traces(base.catalogue.engine, 30).find(answer.trace_id)
    assert "key refused" in (answer.note or "")
    assert "sk-secret" not in json.dumps(answer.as_dict()) + repr(trace)


def test_an_assistant_is_made_from_the_settings(base: Knowledge, ingest: Callable[..., Any]) -> None:
    ingest(bread=PUBLIC)
    assert make_assistant(base, {setting.name: setting for setting in ASSISTANT}).answer(check(QUESTION)).answered
