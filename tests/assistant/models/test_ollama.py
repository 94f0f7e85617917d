"""Ollama over a real socket: what is sent, what comes back, and for every fault a reason in bounded time."""

import gc
import socket
import threading
import time
from collections.abc import Iterator

import pytest

from assistant.generative import Generative
from assistant.models.call import Call, Stop
from assistant.models.model import ModelFailed, Patience
from assistant.models.ollama import OllamaModel
from assistant.models.ollama_server import OllamaServer
from assistant.question import MAX_CHARACTERS, Question
from tests.assistant.hits import make_hit
from tests.ollama_standin import OllamaStandIn

SAYS = "Open models keep <data> at home. [1] They cost nothing & run anywhere. [2]"
SILENCE = 2.0
# Far above what any of these takes, far below any time-out but the one under test.
BOUND = 30.0

REASONS = {
    "missing": "model missing",
    "busy": "busy",
    "limited": "rate limited",
    "e400": "refused the request",
    "e500": "crashed",
    "overflow": "prompt too long",
    "dud": "crashed",
    "halfchar": "answer cut off",
    "html": "failed",
    "redirect": "failed",
    "embed": "refused the request",
    "miderr": "crashed",
    "rst": "connection lost",
    "fin": "connection lost",
    "halfline": "garbled answer",
    "nodone": "answer cut off",
    "len": "answer cut off",
    "stall": "timed out",
    "hang": "timed out",
    "load": "empty answer",
    "empty": "empty answer",
}
BEGIN_WELL = ("miderr", "rst", "fin", "halfline", "halfchar", "nodone", "stall")


@pytest.fixture(scope="module", autouse=True)
def _client_loaded() -> None:
    """Importing the client takes seconds once; no test's bound should count it."""
    import langchain_ollama  # noqa: F401


@pytest.fixture
def stand_in() -> Iterator[OllamaStandIn]:
    with OllamaStandIn(says=SAYS) as server:
        yield server


def model(server: OllamaStandIn, name: str = "ok") -> OllamaModel:
    return OllamaModel(OllamaServer(server.url), name, patience=Patience(first_byte=SILENCE, stall=SILENCE))


def failure(server: OllamaStandIn, name: str) -> tuple[str, str]:
    """The text that came before the failure, and its reason."""
    pieces: list[str] = []
    with pytest.raises(ModelFailed) as failed:
        pieces.extend(model(server, name).stream("system", "user", Call()))
    return "".join(pieces), failed.value.reason


def test_a_whole_answer_comes_in_pieces_that_add_up(stand_in: OllamaStandIn) -> None:
    pieces = list(model(stand_in).stream("system", "user", Call()))
    assert "".join(pieces) == SAYS
    assert len(pieces) > 5


def test_pieces_come_as_they_are_said_not_at_the_end() -> None:
    with OllamaStandIn(says="one two three", pause=0.2) as server:
        stream = model(server).stream("system", "user", Call())
        next(stream)
        before = time.monotonic()
        assert list(stream) == [" two", " three"]
        assert time.monotonic() - before > 0.2


def test_thinking_never_becomes_text(stand_in: OllamaStandIn) -> None:
    assert "".join(model(stand_in, "think").stream("system", "user", Call())) == SAYS


@pytest.mark.parametrize(("name", "reason"), REASONS.items())
def test_every_fault_has_its_reason_in_bounded_time(stand_in: OllamaStandIn, name: str, reason: str) -> None:
    began = time.monotonic()
    text, given = failure(stand_in, name)
    assert given == reason
    assert SAYS.startswith(text.rstrip("\ufffd"))
    assert bool(text) == (name in BEGIN_WELL or name == "len")
    assert time.monotonic() - began < BOUND


def test_the_server_says_for_how_long_it_wants_to_be_left_alone(stand_in: OllamaStandIn) -> None:
    stand_in.retry_after = "7"
    with pytest.raises(ModelFailed, match="rate limited") as failed:
        list(model(stand_in, "limited").stream("system", "user", Call()))
    assert (failed.value.retry_after, len(stand_in.requests)) == (7, 1)


@pytest.mark.parametrize("name", ["html", "e500", "miderr"])
def test_a_reason_shows_nothing_of_the_servers_own_words(stand_in: OllamaStandIn, name: str) -> None:
    with pytest.raises(ModelFailed) as failed:
        list(model(stand_in, name).stream("system", "user", Call()))
    assert str(failed.value) == failed.value.reason == REASONS[name]


def test_a_model_the_server_does_not_have_is_missing(stand_in: OllamaStandIn) -> None:
    assert failure(stand_in, "llama9:70b") == ("", "model missing")


def test_a_server_that_is_not_there_is_unreachable() -> None:
    with OllamaStandIn() as gone:
        pass
    assert failure(gone, "ok") == ("", "unreachable")
    with pytest.raises(ModelFailed, match="unreachable"):
        OllamaServer(gone.url).models()
    assert not OllamaServer(gone.url).answers()


@pytest.mark.parametrize("name", ["ok", "think", "busy", "miderr", "len"])
def test_a_request_always_says_how_to_answer(stand_in: OllamaStandIn, name: str) -> None:
    try:
        list(model(stand_in, name).stream("the rules", "the question", Call()))
    except ModelFailed:
        assert name in REASONS
    [sent] = stand_in.requests
    assert sent["model"] == name
    assert sent["stream"] is True
    assert sent["think"] is False
    assert sent["keep_alive"] == "30m"
    assert sent["options"] == {"num_ctx": 8192, "num_predict": 512, "temperature": 0.1, "seed": 7}
    assert [(message["role"], message["content"]) for message in sent["messages"]] == [
        ("system", "the rules"),
        ("user", "the question"),
    ]


def test_the_longest_prompt_there_can_be_fits_the_window() -> None:
    seen: list[str] = []
    with OllamaStandIn(says=lambda user: seen.append(user) or "Yes. [1]") as server:  # type: ignore[func-returns-value]
        hits = [make_hit("Open models. " * 100, chunk_id=str(n)) for n in range(20)]
        asked = ("open " * MAX_CHARACTERS)[:MAX_CHARACTERS]
        list(Generative(model(server)).write(Question(asked, "en"), asked, hits, Call()))
    assert seen == [server.requests[0]["messages"][1]["content"]]
    assert seen[0].count("</passage>") > 3


def test_what_a_call_used_is_counted(stand_in: OllamaStandIn) -> None:
    call = Call()
    list(OllamaModel(OllamaServer(stand_in.url), "ok", digest="sha-1").stream("s" * 40, "u" * 40, call))
    assert (call.input_tokens, call.output_tokens, call.digest, call.cost_usd) == (20, len(SAYS.split()), "sha-1", 0)


def test_a_prompt_that_the_server_cut_raises_the_alarm(
    stand_in: OllamaStandIn, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(ModelFailed, match="prompt cut off"):
        list(model(stand_in, "narrow").stream("system", "word " * 1000, Call()))
    assert "its window is 512, asked for were 8192" in caplog.text
    assert "".join(model(stand_in, "narrow").stream("system", "word " * 200, Call())) == SAYS


def test_an_answer_longer_than_asked_for_is_cut_off(stand_in: OllamaStandIn) -> None:
    stand_in.says = "word " * 600
    text, reason = failure(stand_in, "ok")
    assert (len(text.split()), reason) == (512, "answer cut off")


def test_a_reader_that_leaves_ends_the_request_at_the_server() -> None:
    with OllamaStandIn(says="word " * 500, pause=0.01) as server:
        stream = model(server).stream("system", "user", Call())
        assert next(stream) == "word"
        stream.close()
        assert abandoned(server)


@pytest.mark.parametrize("name", ["hang", "stall"])
def test_a_silent_request_is_hung_up_from_another_thread(name: str) -> None:
    """Without a stop this would last until the time-out of two minutes, longer than the test may run."""
    stop = Stop()
    with OllamaStandIn(says=SAYS) as server:
        threading.Timer(0.3, stop.set).start()
        with pytest.raises(ModelFailed):
            list(OllamaModel(OllamaServer(server.url), name).stream("system", "user", Call(stop)))
        assert abandoned(server)


def test_a_request_that_is_stopped_before_it_begins_ends_too(stand_in: OllamaStandIn) -> None:
    stop = Stop()
    stop.set()
    with pytest.raises(ModelFailed):
        list(OllamaModel(OllamaServer(stand_in.url), "hang").stream("system", "user", Call(stop)))


def abandoned(server: OllamaStandIn) -> int:
    """How many readers left, once the server has noticed."""
    deadline = time.monotonic() + BOUND
    while not server.left and time.monotonic() < deadline:
        time.sleep(0.01)
    return len(server.left)


def test_nothing_is_left_open() -> None:
    """Warnings are errors here: a socket that is only found by the garbage collector fails this."""
    threads = threading.active_count()
    with OllamaStandIn(says=SAYS) as server:
        for name in ("ok", *REASONS):
            try:
                list(model(server, name).stream("system", "user", Call()))
            except ModelFailed:
                assert name in REASONS
    gc.collect()
    assert threading.active_count() <= threads


def test_a_server_that_does_not_follow_the_protocol_is_a_failure_too() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=_greet, args=(listening,), daemon=True).start()
        talker = OllamaModel(OllamaServer(f"http://127.0.0.1:{listening.getsockname()[1]}"), "ok")
        with pytest.raises(ModelFailed, match="connection lost"):
            list(talker.stream("system", "user", Call()))


def _greet(listening: socket.socket) -> None:
    connection, _ = listening.accept()
    with connection:
        connection.recv(65536)
        connection.sendall(b"220 smtp.example.org ESMTP\r\n")
