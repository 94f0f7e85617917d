"""``footnote models`` as typed, over the stand-in: lists, suggests, fetches."""

import json
from collections.abc import Callable

import pytest

from assistant.models.pull import Step
from assistant.models.suggestions import recommended, suggestions
from tests.ollama_standin import OllamaStandIn
from tests.ui.conftest import Run
from ui.terminal.pull_progress import show

PULLS_THAT_FAIL = [
    ("missing", "file does not exist", "ollama.com/library"),
    ("two words", "invalid model name", "a name is like qwen3.5:4b"),
    ("full", "no space left on device", "free room where the Ollama server keeps its models"),
    ("offline", "no such host", "does not reach the library"),
    ("newer", "requires a newer version of Ollama", "upgrade Ollama"),
    ("odd", "max retries exceeded", "see the log of `ollama serve`"),
    ("fin", "it ended after: pulling aaaaaaaaaaaa, 1.0 of 2.0 GB", "run it again: what was fetched is kept"),
    ("html", "HTTP 502, '<html>", "FOOTNOTE_OLLAMA_URL"),
]


@pytest.fixture
def ollama(monkeypatch: pytest.MonkeyPatch) -> Callable[[OllamaStandIn], None]:
    return lambda server: monkeypatch.setenv("FOOTNOTE_OLLAMA_URL", server.url)


@pytest.mark.parametrize(
    ("memory", "name"),
    [(2, None), (4, "llama3.2:1b"), (6, "llama3.2:3b"), (7.7, "qwen3.5:4b"), (64, "qwen3.5:4b")],
)
def test_the_recommended_model_goes_by_memory(memory: float, name: str | None) -> None:
    best = recommended(suggestions(), memory)
    assert (best.name if best else None) == name


def test_models_lists_what_is_there_and_what_fits(footnote: Run, ollama: Callable[[OllamaStandIn], None]) -> None:
    with OllamaStandIn(models=["llama3.2:1b", "mine:7b"]) as server:
        ollama(server)
        code, out, _ = footnote("models", "--json")
        shown = json.loads(out)
        text = footnote("models")[1]
    assert code == 0
    assert (shown["answers"], [one["name"] for one in shown["models"]]) == (True, ["llama3.2:1b", "mine:7b"])
    assert [one["name"] for one in shown["suggestions"] if one["there"]] == ["llama3.2:1b"]
    assert sum(one["recommended"] for one in shown["suggestions"]) == 1
    assert "footnote models pull" in text


def test_models_without_a_server_still_suggests(footnote: Run) -> None:
    code, out, _ = footnote("models")
    assert code == 0
    assert "does not answer" in out
    assert "footnote models pull" in out


def test_pull_fetches_with_progress_on_stderr(footnote: Run, ollama: Callable[[OllamaStandIn], None]) -> None:
    with OllamaStandIn(models=[]) as server:
        ollama(server)
        code, out, err = footnote("models", "pull", "qwen3.5:4b", "--json")
        assert server.models == ["qwen3.5:4b"]
    assert code == 0
    assert json.loads(out)["model"] == "qwen3.5:4b"
    assert "pulling aaaaaaaaaaaa, 2.0 of 2.0 GB, " in err
    assert " MB/s, 0 s left" in err
    assert err.count("verifying sha256 digest") == 1


def test_a_pull_says_who_writes_now(footnote: Run, ollama: Callable[[OllamaStandIn], None]) -> None:
    with OllamaStandIn(models=[]) as server:
        ollama(server)
        first = footnote("models", "pull", "qwen3.5:4b")[1]
        second = footnote("models", "pull", "llama3.2:1b")[1]
    assert first.startswith("qwen3.5:4b is there; who writes now: qwen3.5:4b, the first at ")
    assert second.startswith("llama3.2:1b is there; who writes now: qwen3.5:4b, the first at ")


def test_on_a_terminal_a_pull_draws_a_bar_and_obeys_nothing_in_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    show([Step("pulling [/x]", done * 10**9, 2 * 10**9) for done in range(3)])
    shown = capsys.readouterr().err
    assert "pulling [/x]" in shown
    assert "2.0/2.0 GB" in shown


@pytest.mark.parametrize(("name", "said", "fix"), PULLS_THAT_FAIL)
def test_a_pull_that_fails_says_what_came_and_what_to_do_with_exit_3(
    footnote: Run, ollama: Callable[[OllamaStandIn], None], name: str, said: str, fix: str
) -> None:
    with OllamaStandIn() as server:
        ollama(server)
        code, out, err = footnote("models", "pull", name)
    assert (code, out) == (3, "")
    assert f"error: {name} was not fetched from {server.url}: " in err
    assert said in err
    assert fix in err.partition("hint: ")[2]
    assert "\x1b" not in err


def test_a_pull_without_a_server_has_exit_3(footnote: Run) -> None:
    code, _, err = footnote("models", "pull", "qwen3.5:4b")
    assert code == 3
    assert "nothing answers there" in err
    assert "start `ollama serve`" in err


def test_options_before_the_verb_are_refused(footnote: Run) -> None:
    assert footnote("models", "--json", "pull")[0] == 2
