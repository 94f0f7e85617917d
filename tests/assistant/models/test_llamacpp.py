"""A real inference engine behind the OpenAI-compatible path: llama.cpp's server over a model made here.

Marker ``llamacpp``; ``make test-llamacpp`` builds the engine (some ten minutes once) and runs this. It proves that the
parts fit together, not that answers are good: the model says a script, see ``tests/tiny_gguf.py``.
"""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant.models.api import ApiModel
from assistant.models.breaker import Breaker
from assistant.models.call import Call, Stop
from assistant.models.model import MOST_TOKENS, ModelFailed
from assistant.models.steady import Steady
from assistant.question import check
from assistant.settings import ASSISTANT
from assistant.wiring import make_assistant
from knowledge.settings import Setting
from knowledge.wiring import Knowledge

pytestmark = pytest.mark.llamacpp

# Another interpreter may have it: it takes long to build, and belongs to no environment of ours.
PYTHON = os.environ.get("LLAMACPP_PYTHON", sys.executable)
WRITER = Path(__file__).parents[2] / "tiny_gguf.py"
WINDOW = 16384
BREAD = "Bread is baked from flour, water and salt. [1]"
SCRIPTS = {"": BREAD, "unscripted": "Bread is baked from 99 kilos of gold. [1]", "forever": "and so on and on <LOOP>"}


class Engine:
    """The server, as a process."""

    def __init__(self, model: Path) -> None:
        self.url = f"http://127.0.0.1:{(port := _free_port())}/v1"
        options = f"--host 127.0.0.1 --port {port} --model_alias tiny --n_ctx {WINDOW} --n_threads 1"
        self.process = subprocess.Popen(
            [PYTHON, "-m", "llama_cpp.server", "--model", str(model), *options.split(), "--n_threads_batch", "1",
             "--interrupt_requests", "false"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        while not self._ready():
            assert self.process.poll() is None, "llama.cpp's server did not start"
            time.sleep(0.1)

    def _ready(self) -> bool:
        try:
            return bool(urllib.request.urlopen(f"{self.url}/models", timeout=5).status == 200)
        except OSError:
            return False

    def asked(self, content: str) -> Any:
        """The whole answer to a bare request, without a stream and without Footnote."""
        body = {"model": "tiny", "messages": [{"role": "user", "content": content}], "max_tokens": 50}
        sent = urllib.request.Request(
            f"{self.url}/chat/completions", json.dumps(body).encode(), {"Content-Type": "application/json"}
        )
        with urllib.request.urlopen(sent, timeout=60) as response:
            return json.load(response)

    def end(self) -> None:
        """Kill it."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@pytest.fixture(scope="module")
def model_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = subprocess.run([PYTHON, "-c", "import llama_cpp.server.app, gguf"], capture_output=True, check=False)
    if found.returncode:
        pytest.skip(f"{PYTHON} has no llama-cpp-python[server] and gguf: no real engine was tried (make test-llamacpp)")
    path = tmp_path_factory.mktemp("model") / "tiny.gguf"
    subprocess.run([PYTHON, str(WRITER), str(path), json.dumps(SCRIPTS)], check=True)
    return path


@pytest.fixture(scope="module")
def engine(model_file: Path) -> Iterator[Engine]:
    started = Engine(model_file)
    yield started
    started.end()


def model(engine: Engine) -> ApiModel:
    return ApiModel("openai:tiny", "", engine.url, WINDOW)


def test_a_whole_answer_comes_at_once_without_a_stream(engine: Engine) -> None:
    told = engine.asked("What is bread baked from?")
    assert told["choices"][0]["message"]["content"] == BREAD
    assert told["choices"][0]["finish_reason"] == "stop"
    assert told["usage"]["completion_tokens"] > 5


def test_an_answer_streams_word_by_word_and_ends_by_itself(engine: Engine) -> None:
    call = Call()
    pieces = list(model(engine).stream("the rules", "What is bread baked from?", call))
    assert "".join(pieces) == BREAD
    assert len(pieces) > 5
    assert call.output_tokens >= len(pieces)
    assert not call.left


def test_an_answer_without_an_end_stops_at_the_most_tokens(engine: Engine) -> None:
    pieces: list[str] = []
    with pytest.raises(ModelFailed, match="answer cut off"):
        pieces.extend(model(engine).stream("the rules", "Go on forever", Call()))
    assert len(pieces) <= MOST_TOKENS


def test_stop_ends_an_answer_and_the_engine_is_free_for_the_next(engine: Engine) -> None:
    stop, pieces = Stop(), list[str]()
    steady = Steady(model(engine), Breaker(lambda: True), 60)
    stream = steady.stream("the rules", "Go on forever", Call(stop))
    pieces += [next(stream) for _ in range(3)]
    stop.set()
    with pytest.raises(ModelFailed, match="stopped"):
        pieces.extend(stream)
    assert len(pieces) < MOST_TOKENS
    assert "".join(model(engine).stream("the rules", "What is bread baked from?", Call())) == BREAD


def test_a_prompt_beyond_the_window_is_a_failure_and_no_half_answer(engine: Engine) -> None:
    with pytest.raises(urllib.error.HTTPError) as refused:
        engine.asked("bread " * WINDOW)
    with refused.value as response:
        assert json.load(response)["error"]["code"] == "context_length_exceeded"
    with pytest.raises(ModelFailed, match="empty answer"):  # in a stream this server ends without a word
        list(model(engine).stream("the rules", "bread " * WINDOW, Call()))
    assert "".join(model(engine).stream("the rules", "What is bread baked from?", Call())) == BREAD


@pytest.mark.parametrize(
    ("question", "answered"), [("What is bread baked from?", True), ("What is unscripted bread baked from?", False)]
)
def test_the_whole_chain_checks_what_the_engine_writes(
    engine: Engine, base: Knowledge, ingest: Callable[..., Any], question: str, answered: bool
) -> None:
    ingest(bread="# Bread\n\nBread is baked from flour, water and salt.")
    given: dict[str, Any] = {
        "api_model": "openai:tiny",
        "api_url": engine.url,
        "answer_when_sure": 0.0,
        "num_ctx": WINDOW,
    }
    settings = {s.name: s for s in ASSISTANT} | {name: Setting(name, value, "") for name, value in given.items()}
    answer = make_assistant(base, settings).answer(check(question))
    assert (answer.answered, answer.model.kind, answer.left_environment) == (answered, "local", False)
    assert (answer.answer == BREAD) is answered


def test_an_engine_that_is_killed_while_it_writes_loses_the_connection(model_file: Path) -> None:
    doomed = Engine(model_file)
    stream = model(doomed).stream("the rules", "Go on forever", Call())
    assert next(stream)
    doomed.end()
    with pytest.raises(ModelFailed, match="connection lost"):
        list(stream)
