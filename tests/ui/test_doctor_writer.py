"""``footnote doctor`` on the writer: which model, why that one, and what is missing where there is none."""

import json
from collections.abc import Iterator

import pytest

from tests.closed_standin import ClosedStandIn
from tests.ollama_standin import OllamaStandIn
from tests.ui.conftest import Run

Said = tuple[str, str, str]
CLOSED = {"FOOTNOTE_API_MODEL": "openai:gpt-5-mini", "FOOTNOTE_API_KEY": "sk-secret"}


class Doctor:
    """Runs the doctor with settings, and gives state, finding and fix of its check of the writer."""

    def __init__(self, footnote: Run, environment: pytest.MonkeyPatch) -> None:
        self._footnote = footnote
        self._environment = environment

    def __call__(self, **settings: str) -> Said:
        """Settings by variable."""
        with self._environment.context() as environment:
            for name, value in settings.items():
                environment.setenv(name, value)
            _, out, _ = self._footnote("doctor", "--quick", "--json")
        assert "sk-secret" not in out
        [check] = [one for one in json.loads(out)["checks"] if one["name"] == "writer"]
        return check["state"], check["found"], check["fix"]


@pytest.fixture
def doctor(footnote: Run, monkeypatch: pytest.MonkeyPatch) -> Doctor:
    return Doctor(footnote, monkeypatch)


@pytest.fixture
def url() -> Iterator[str]:
    with OllamaStandIn(models=["llama:latest", "mistral:latest", "embed:latest"]) as server:
        yield server.url


def test_a_model_of_ollama_writes_and_it_is_said_why_that_one(doctor: Doctor, url: str) -> None:
    at = {"FOOTNOTE_OLLAMA_URL": url}
    first = doctor(**at)
    assert first[:1] + first[2:] == ("ok", "")
    assert first[1].startswith(f"llama:latest, the first at {url} that can chat")
    assert doctor(**at, FOOTNOTE_MODERATOR="llama")[1].startswith("mistral:latest, the first")
    assert doctor(**at, FOOTNOTE_OLLAMA_MODEL="mistral")[1].startswith(
        "mistral:latest, as FOOTNOTE_OLLAMA_MODEL=mistral names it"
    )
    assert doctor(**at, FOOTNOTE_MODEL="mistral")[1] == "mistral:latest, as FOOTNOTE_MODEL=mistral asks for"


def test_what_is_missing_for_a_model_is_said_with_what_mends_it(doctor: Doctor, url: str) -> None:
    at = {"FOOTNOTE_OLLAMA_URL": url}
    has = f"is not at {url}, which has llama:latest, mistral:latest"
    for variable in ("FOOTNOTE_OLLAMA_MODEL", "FOOTNOTE_MODEL"):
        state, found, fix = doctor(**at, **{variable: "qwen3.5:4b"})
        assert (state, fix) == ("warn", "footnote models pull qwen3.5:4b")
        assert f"{variable}=qwen3.5:4b {has}" in found
    state, found, fix = doctor(FOOTNOTE_OLLAMA_URL="http://127.0.0.1:9")
    assert (state, "ollama serve" in fix) == ("warn", True)
    assert "nothing answers like Ollama at http://127.0.0.1:9" in found
    with OllamaStandIn(models=["embed"]) as bare:
        assert "has no model that can chat" in doctor(FOOTNOTE_OLLAMA_URL=bare.url)[1]
    with OllamaStandIn(models=["guard:latest"]) as judge:
        found = doctor(FOOTNOTE_OLLAMA_URL=judge.url)[1]
    assert f"guard:latest at {judge.url} judges" in found


def test_extraction_by_choice_is_well(doctor: Doctor) -> None:
    state, found, fix = doctor(FOOTNOTE_MODEL="extractive")
    assert (state, fix) == ("ok", "")
    assert "FOOTNOTE_MODEL=extractive" in found


def test_a_server_at_home_is_asked_whether_it_is_there(doctor: Doctor) -> None:
    with ClosedStandIn() as server:
        given = {"FOOTNOTE_API_MODEL": "openai:ok", "FOOTNOTE_API_URL": f"{server.url}/v1"}
        assert doctor(**given) == ("ok", f"ok, as FOOTNOTE_API_MODEL names it, at {server.url}/v1", "")
    state, found, fix = doctor(**given)
    assert (state, fix) == ("warn", "start the server that has ok")
    assert f"nothing answers at {server.url}/v1" in found


def test_what_leaves_is_said_of_a_closed_model(doctor: Doctor, url: str) -> None:
    assert "every question leaves (up to 1 US dollars a day)" in doctor(FOOTNOTE_POLICY="closed", **CLOSED)[1]
    found = doctor(FOOTNOTE_POLICY="escalate", FOOTNOTE_OLLAMA_URL=url, **CLOSED)[1]
    assert found.startswith("llama:latest")
    assert "a draft that fails goes to openai:gpt-5-mini" in found


def test_settings_that_cannot_be_fail(doctor: Doctor) -> None:
    state, found, fix = doctor(FOOTNOTE_POLICY="closed")
    assert (state, bool(fix)) == ("fail", True)
    assert "needs a closed model" in found
