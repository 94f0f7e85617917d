"""Closed APIs over a real socket: what is sent, what comes back, and for every fault a reason that tells no secret."""

import threading
from collections.abc import Iterator
from typing import Any

import pytest

from assistant.models.api import ApiModel
from assistant.models.call import Call, Stop
from assistant.models.model import MOST_TOKENS, ModelFailed, Patience
from assistant.models.seed import SEED
from knowledge.errors import UnknownSetting
from tests.closed_standin import ClosedStandIn
from tests.ui.conftest import until

SAYS = "Open models keep data at home. [1] They cost nothing per call. [2]"
PATIENCE = Patience(connect=2, first_byte=2, stall=2)
REASONS = {
    "unauthorized": "key refused",
    "missing": "model missing",
    "limited": "rate limited",
    "refused": "refused the request",
    "broken": "crashed",
    "unpaid": "refused the request",
    "conflict": "refused the request",
    "large": "refused the request",
    "overloaded": "busy",
    "unavailable": "busy",
    "len": "answer cut off",
    "nofinish": "answer cut off",
    "empty": "empty answer",
    "miderr": "crashed",
    "fin": "connection lost",
    "stall": "timed out",
    "hang": "timed out",
}


@pytest.fixture
def stand_in() -> Iterator[ClosedStandIn]:
    with ClosedStandIn(says=SAYS) as server:
        yield server


def model(server: ClosedStandIn, provider: str, name: str = "ok", patience: Patience = PATIENCE) -> ApiModel:
    url = f"{server.url}/v1" if provider == "openai" else server.url
    return ApiModel(f"{provider}:{name}", "sk-secret", url, patience=patience)


both = pytest.mark.parametrize("provider", ["openai", "anthropic"])


@both
def test_an_answer_comes_in_pieces_and_its_tokens_are_counted(stand_in: ClosedStandIn, provider: str) -> None:
    call = Call()
    pieces = list(model(stand_in, provider).stream("the rules", "the question", call))
    assert "".join(pieces) == SAYS
    assert len(pieces) > 5
    assert (call.input_tokens, call.output_tokens) == (1000, 50)
    [sent] = stand_in.requests
    assert MOST_TOKENS in (sent.get("max_tokens"), sent.get("max_completion_tokens"))
    assert sent["stream"] is True
    texts = str(sent["messages"]) + str(sent.get("system"))
    assert "the rules" in texts
    assert "the question" in texts


def test_a_seed_goes_where_the_api_takes_one_and_only_when_somebody_asks_for_it(stand_in: ClosedStandIn) -> None:
    def sent(provider: str) -> dict[str, Any]:
        list(model(stand_in, provider).stream("system", "user", Call()))
        return stand_in.requests[-1]

    assert "seed" not in sent("openai")  # a visitor's: some makers refuse what they do not know
    token = SEED.set(9)
    try:
        assert sent("openai")["seed"] == 9
        assert "seed" not in sent("anthropic")
    finally:
        SEED.reset(token)


@both
@pytest.mark.parametrize(("name", "reason"), REASONS.items())
def test_every_fault_has_its_reason(stand_in: ClosedStandIn, provider: str, name: str, reason: str) -> None:
    with pytest.raises(ModelFailed) as failed:
        list(model(stand_in, provider, name).stream("system", "user", Call()))
    assert str(failed.value) == failed.value.reason == reason


@both
def test_a_server_says_for_how_long_it_wants_to_be_left_alone(stand_in: ClosedStandIn, provider: str) -> None:
    stand_in.retry_after = "7"
    with pytest.raises(ModelFailed, match="rate limited") as failed:
        list(model(stand_in, provider, "limited").stream("system", "user", Call()))
    assert (failed.value.retry_after, len(stand_in.requests)) == (7, 1)


def test_a_prompt_that_does_not_fit_is_told(stand_in: ClosedStandIn) -> None:
    with pytest.raises(ModelFailed, match="prompt too long"):
        list(model(stand_in, "openai", "overflow").stream("system", "user", Call()))


@both
def test_a_server_that_is_not_there_is_unreachable(provider: str) -> None:
    with ClosedStandIn() as gone:
        pass
    with pytest.raises(ModelFailed, match="unreachable"):
        list(model(gone, provider).stream("system", "user", Call()))


@both
def test_a_silent_request_is_hung_up_from_another_thread(stand_in: ClosedStandIn, provider: str) -> None:
    stop = Stop()
    threading.Timer(0.3, stop.set).start()
    with pytest.raises(ModelFailed):
        list(model(stand_in, provider, "hang", Patience()).stream("system", "user", Call(stop)))
    assert stop.is_set


@both
def test_an_answer_that_is_stopped_in_the_middle_closes_the_connection(provider: str) -> None:
    stop = Stop()
    with ClosedStandIn(says="word " * 2000, pause=0.02) as server:
        stream = model(server, provider).stream("system", "user", Call(stop))
        assert next(stream)
        stop.set()
        with pytest.raises(ModelFailed):
            list(stream)
        until(lambda: len(server.left) == 1)


def test_what_a_server_without_usage_takes_is_estimated(stand_in: ClosedStandIn) -> None:
    call = Call()
    with pytest.raises(ModelFailed):
        list(model(stand_in, "openai", "nofinish").stream("s" * 30, "u" * 30, call))
    assert (call.input_tokens, call.output_tokens) == (20, 4)


def test_a_server_at_home_is_probed_without_a_question(stand_in: ClosedStandIn) -> None:
    assert model(stand_in, "openai").answers()
    assert stand_in.requests == []
    with ClosedStandIn() as gone:
        pass
    assert not model(gone, "openai").answers()


def test_a_server_at_home_is_a_local_model(stand_in: ClosedStandIn) -> None:
    home, away = model(stand_in, "openai"), ApiModel("openai:gpt-5", "k")
    assert (home.kind, home.stays_here) == ("local", True)
    assert (away.kind, away.stays_here) == ("closed", False)
    assert ApiModel("openai:m", "k", "https://models.example.org/v1").kind == "closed"


@pytest.mark.parametrize("name", ["gpt-5", "", "openai:", "google:gemini", ":x"])
def test_a_name_that_is_no_model_is_refused(name: str) -> None:
    with pytest.raises(UnknownSetting, match="FOOTNOTE_API_MODEL"):
        ApiModel(name, "k")


def test_the_key_is_in_no_representation() -> None:
    assert "sk-secret" not in repr(ApiModel("openai:gpt-5", "sk-secret"))


KNOWN = {"ok": ""} | {
    name: reason for name, reason in REASONS.items() if name in ("unauthorized", "missing", "limited", "broken", "hang")
}


@both
@pytest.mark.parametrize(("name", "reason"), KNOWN.items())
def test_an_api_is_asked_whether_it_knows_key_and_model_and_no_question_is_sent(
    stand_in: ClosedStandIn, provider: str, name: str, reason: str
) -> None:
    asked = model(stand_in, provider, name)
    assert asked.refusal(seconds=0.5) == reason
    assert stand_in.requests == []


@both
def test_an_api_that_is_not_there_is_unreachable(provider: str) -> None:
    with ClosedStandIn() as gone:
        asked = model(gone, provider)
    assert asked.refusal() == "unreachable"
