"""``footnote models`` as typed, over the stand-in: lists, suggests, fetches."""

import json
from collections.abc import Callable

import pytest

from assistant.models.suggestions import recommended, suggestions
from tests.ollama_standin import OllamaStandIn
from tests.ui.conftest import Run


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
    assert "2.0/2.0 GB" in err
    assert "/s" in err


@pytest.mark.parametrize(("name", "reason"), [("missing", "no such model"), ("fin", "connection lost")])
def test_a_pull_that_fails_says_why_with_exit_3(
    footnote: Run, ollama: Callable[[OllamaStandIn], None], name: str, reason: str
) -> None:
    with OllamaStandIn() as server:
        ollama(server)
        code, _, err = footnote("models", "pull", name)
    assert code == 3
    assert reason in err


def test_a_pull_without_a_server_has_exit_3(footnote: Run) -> None:
    code, _, err = footnote("models", "pull", "qwen3.5:4b")
    assert code == 3
    assert "ollama serve" in err


def test_options_before_the_verb_are_refused(footnote: Run) -> None:
    assert footnote("models", "--json", "pull")[0] == 2
