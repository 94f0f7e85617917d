"""``footnote doctor`` on who writes: which model, why that one, what is missing, and whether a closed one would."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.closed_standin import ClosedStandIn
from tests.ollama_standin import OllamaStandIn
from tests.ui.conftest import Run

Said = tuple[str, str, str]
CLOSED = {"FOOTNOTE_API_MODEL": "openai:gpt-5-mini", "FOOTNOTE_API_KEY": "sk-secret"}
PRICES = """
as_of = 2026-11-23
[usd_per_million_tokens]
ok = { input = 1, output = 1 }
missing = { input = 1, output = 1 }
"""


class Doctor:
    """Runs the doctor with settings, and gives state, finding and fix of its check of the writer."""

    def __init__(self, footnote: Run, environment: pytest.MonkeyPatch) -> None:
        self._footnote = footnote
        self._environment = environment

    def __call__(self, **settings: str) -> Said:
        """Settings by variable."""
        return self.checks("--quick", **settings)["writer"]

    def checks(self, *options: str, **settings: str) -> dict[str, Said]:
        """All checks, by name."""
        with self._environment.context() as environment:
            for name, value in settings.items():
                environment.setenv(name, value)
            _, out, _ = self._footnote("doctor", "--json", *options)
        assert "sk-secret" not in out
        return {one["name"]: (one["state"], one["found"], one["fix"]) for one in json.loads(out)["checks"]}


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


def test_a_closed_models_api_is_asked_whether_it_knows_key_and_model(doctor: Doctor, tmp_path: Path) -> None:
    prices = tmp_path / "prices.toml"
    prices.write_text(PRICES, encoding="utf-8")
    with ClosedStandIn() as far:  # reached by a proxy, as what is outside may be
        away = {"FOOTNOTE_POLICY": "closed", "FOOTNOTE_API_URL": "http://api.example/v1", "HTTP_PROXY": far.url}
        away["FOOTNOTE_PRICES"] = str(prices)

        def found(model: str, key: str = "sk-secret") -> Said:
            given = away | {"FOOTNOTE_API_MODEL": f"openai:{model}", "FOOTNOTE_API_KEY": key}
            assert "closed model" not in doctor.checks("--quick", **given)
            return doctor.checks(**given)["closed model"]

        assert found("ok") == ("ok", "ok is there, for this key", "")
        state, said, fix = found("ok", "sk-wrong")
        assert (state, said, "FOOTNOTE_API_KEY" in fix) == ("warn", "ok: key refused", True)
        state, said, fix = found("missing")
        assert (state, said, "FOOTNOTE_API_MODEL" in fix) == ("warn", "missing: model missing", True)
        assert far.requests == []
    state, said, fix = found("ok")
    assert (state, said, "HTTPS_PROXY" in fix) == ("warn", "ok: unreachable", True)
    assert "closed model" not in doctor.checks()
