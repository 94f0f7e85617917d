"""Open against closed, from the command line to the reports: every model behind a real socket, none of them real.

The closed ones are reached as in a company, through an outgoing proxy: the stand-in is that proxy, so that their
addresses are outside, as they are for an owner.
"""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.settings import ASSISTANT
from evals.configuration import Configuration, configurations, named
from evals.results import read
from knowledge.errors import UsageError
from knowledge.settings import KNOWLEDGE, Setting
from tests.closed_standin import ClosedStandIn
from tests.evals.test_judge import reading
from tests.ollama_standin import OllamaStandIn
from tests.ui.conftest import Run, footnote

__all__ = ["footnote"]

Write = Callable[..., Path]
DISHES = {"rice": 12, "lentils": 25, "beans": 90, "barley": 40, "potatoes": 20, "carrots": 9, "cabbage": 15, "eggs": 7}
PASSAGE = re.compile(r'number="(\d+)"[^>]*>\s*(.*?)\s*</passage>', re.DOTALL)
AWAY = "http://models.example.org"
FILE: dict[str, dict[str, Any]] = {
    "gpt": {"policy": "closed", "api_model": "openai:gpt-5-mini", "api_url": f"{AWAY}/v1", "api_key_file": "key"},
    "claude": {"policy": "closed", "api_model": "anthropic:claude-haiku-4-5", "api_url": AWAY, "api_key_file": "key"},
    "strict": {"model": "extractive", "answer_when_sure": 1},
}


def good(user: str) -> str:
    """What a model says that reads: the sentence about what was asked, with its passage's number."""
    text = user.replace('\\"', '"').replace("\\n", "\n")
    found = re.search(r"Question: How long are (\w+) cooked", text)
    for number, passage in PASSAGE.findall(text):
        for sentence in re.findall(r"[A-Z][^.]+\.", passage):
            if found and sentence.lower().startswith(found[1]):
                return f"{sentence} [{number}]"
    return reading(text) if "<fact>" in text else "NOT_IN_ARTICLES"


def careless(user: str) -> str:
    """One that says the first sentence it finds, whatever was asked."""
    number, passage = PASSAGE.findall(user)[0]
    return f"{re.findall(r'[A-Z][^.]+[.]', passage)[0]} [{number}]"


@pytest.fixture
def cooking(tmp_path: Path) -> Path:
    """A suite of eight questions whose answers stand in one passage, and one that nothing answers."""
    (tmp_path / "food").mkdir()
    text = " ".join(f"{dish.capitalize()} are cooked for {minutes} minutes." for dish, minutes in DISHES.items())
    (tmp_path / "food" / "times.md").write_text(f"# Cooking times\n\n{text}\n", encoding="utf-8")
    cases: list[dict[str, Any]] = [
        {"id": dish, "question": f"How long are {dish} cooked?", "language": "en", "articles": ["times"],
         "facts": [f"{dish} are cooked for {minutes} minutes"], "answerable": True}
        for dish, minutes in DISHES.items()
    ]  # fmt: skip
    cases.append({"id": "race", "question": "Who won the Monaco race?", "language": "en", "answerable": False})
    suite = tmp_path / "cooking.yaml"
    suite.write_text(yaml.safe_dump({"name": "cooking", "knowledge": "food", "cases": cases}), encoding="utf-8")
    return suite


@pytest.fixture
def closed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[ClosedStandIn]:
    """Both closed APIs, behind the proxy of the environment; the working folder has the configurations and the key."""
    (tmp_path / "key").write_text("sk-secret\n", encoding="utf-8")
    (tmp_path / "models.yaml").write_text(yaml.safe_dump(FILE), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    with ClosedStandIn(says=good) as server:
        monkeypatch.setenv("HTTP_PROXY", server.url)
        yield server


def requests(server: ClosedStandIn, name: str) -> list[dict[str, Any]]:
    return [request for request in server.requests if request["_path"].startswith(AWAY) and request["model"] == name]


def test_open_and_closed_models_run_side_by_side_and_are_compared_in_quality_time_and_money(
    footnote: Run, cooking: Path, closed: ClosedStandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = ["extractive", "ok", "gpt", "claude", "strict"]
    models = [word for name in names for word in ("--model", name)]
    with OllamaStandIn(says=careless) as server:
        monkeypatch.setenv("FOOTNOTE_OLLAMA_URL", server.url)
        given = ["--configurations", "models.yaml", *models, "--repeats", "2", "--out", "run"]
        code, out, err = footnote("eval", "run", str(cooking), *given)
    assert code == 100, err  # the careless one fails, and that is not accepted
    for name in ("gpt", "claude"):
        assert re.search(rf"{name}: 9 cases: 9 pass, .*, 0\.00\d+ dollars", out), out
    assert "ok: 9 cases: 2 pass, 7 fail" in out
    assert "strict: 9 cases: 1 pass, 8 fail" in out

    rows = [row for row in read(Path("run")).rows if row.configuration in ("gpt", "claude") and row.answerable]
    assert {(row.metrics["input_tokens"], row.metrics["output_tokens"]) for row in rows} == {(1000.0, 50.0)}
    assert {row.configuration: row.metrics["cost_usd"] for row in rows} == {"gpt": 0.00035, "claude": 0.00125}
    assert all(row.answer and row.answer["left_environment"] for row in rows)

    assert sorted({request["seed"] for request in requests(closed, "gpt-5-mini")}) == [7, 8]
    assert not any("seed" in request for request in requests(closed, "claude-haiku-4-5"))
    page, summary = (Path("run", name).read_text(encoding="utf-8") for name in ("report.html", "summary.md"))
    for text in (page, summary):
        assert "claude takes no seed, its API has none" in text
        assert "gpt takes no seed" not in text
        assert "sk-secret" not in text
        assert "gpt takes 0.00031 dollars a question, extractive 0." in text
    assert '"cost_usd":0.00125' in page
    assert "| 0.0011 (" in summary  # of claude: nine cases, one of them refused for nothing

    code, told, _ = footnote("eval", "compare", "run:ok", "run:gpt")
    assert code == 0
    sentence = told.splitlines()[0]
    assert sentence.startswith(
        "run:gpt is better than run:ok: 77.8 points more cases pass, 7 cases gained, 0 lost of 9 (p = 0.016)."
    )
    assert re.search(r"run:gpt takes \d+ ms a question, run:ok \d+\.", sentence)
    assert "run:gpt takes 0.00031 dollars a question, run:ok 0." in sentence
    assert sentence.endswith("With run:gpt questions and passages leave your environment.")
    assert re.search(r"cost_usd +0\.00000 +0\.00031", told)
    same = footnote("eval", "compare", "run:claude", "run:gpt")[1]
    assert same.startswith("These cases cannot tell run:claude and run:gpt apart")


def test_a_run_goes_on_only_with_the_same_configurations(footnote: Run, cooking: Path, closed: ClosedStandIn) -> None:
    asked = ["eval", "run", str(cooking), "--configurations", "models.yaml", "--model", "gpt", "--out", "run"]
    assert footnote(*asked)[0] == 0
    before = len(closed.requests)
    assert footnote(*asked, "--resume")[0] == 0
    assert len(closed.requests) == before
    Path("models.yaml").write_text(yaml.safe_dump(FILE | {"gpt": FILE["gpt"] | {"answer_when_sure": 0.9}}))
    code, _, err = footnote(*asked, "--resume")
    assert (code, "had other configurations" in err) == (2, True)


def test_money_ends_a_configuration_with_its_reason(
    footnote: Run, cooking: Path, closed: ClosedStandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FOOTNOTE_DAY_BUDGET_USD", "0.005")  # the worst case of a call, 0.0027, is set aside
    asked = ["--configurations", "models.yaml", "--model", "claude", "--jobs", "1", "--out", "run"]
    code, out, _ = footnote("eval", "run", str(cooking), *asked)
    assert code == 100
    rows = read(Path("run")).rows
    errors = [row.reason for row in rows if row.status == "error"]
    assert len(errors) == 3
    assert all("budget" in reason for reason in errors), errors
    assert any(row.status == "pass" for row in rows)
    assert any(row.status == "skipped" and "3 errors in a row" in row.reason for row in rows), out


@pytest.mark.parametrize("judge", ["gpt", "claude"])
def test_a_closed_judge_is_held_against_the_labels_and_told_with_its_cost(
    footnote: Run, cooking: Path, closed: ClosedStandIn, judge: str
) -> None:
    asked = ["--configurations", "models.yaml", "--judge", judge, "--out", "run"]
    code, out, err = footnote("eval", "run", str(cooking), *asked)
    assert code == 0, out
    assert re.search(r"agrees with 30 of 60 labels \(50%, kappa 0\.00, 0 unread, 0\.0\d+ dollars\)", err), err
    rows = [row for row in read(Path("run")).rows if row.answerable]
    assert [row.metrics["judged_facts"] for row in rows] == [1.0] * 8
    assert all(row.metrics["judge_cost_usd"] for row in rows)
    assert "dollars to judge" in out


def test_what_an_article_says_that_stays_here_goes_to_no_closed_judge(
    footnote: Run, cooking: Path, closed: ClosedStandIn
) -> None:
    article = cooking.parent / "food" / "times.md"
    article.write_text(f"---\nlocal_only: true\n---\n{article.read_text()}", encoding="utf-8")
    footnote("eval", "run", str(cooking), "--configurations", "models.yaml", "--judge", "gpt", "--out", "run")
    rows = [row for row in read(Path("run")).rows if row.answerable]
    assert all(found["why"] == "an article that stays here" for row in rows for found in row.judged.values())
    assert "minutes" not in json.dumps([request["messages"] for request in closed.requests][60:])
    assert len(closed.requests) == 60  # the labels, which are our own


OWNER: dict[str, Setting] = {setting.name: setting for setting in (*KNOWLEDGE, *ASSISTANT)}


def given(tmp_path: Path, text: str, **settings: str) -> dict[str, Configuration]:
    path = tmp_path / "given.yaml"
    path.write_text(text, encoding="utf-8")
    return configurations(path, OWNER | {name: Setting(name, value, "") for name, value in settings.items()})


@pytest.mark.parametrize(
    ("own", "model", "seeded"),
    [
        ("{policy: closed, api_model: 'openai:m'}", "closed", True),
        ("{policy: closed, api_model: 'anthropic:m'}", "closed", False),
        ("{policy: closed, api_model: 'anthropic:m', model: extractive}", "extractive", True),
        ("{policy: escalate, api_model: 'anthropic:m', model: auto}", "auto", False),
        ("{api_model: 'openai:m', api_url: 'http://127.0.0.1:8000/v1'}", "local", True),
        ("{ollama_model: m}", "local", True),
        ("{answer_when_sure: 0.2}", "auto", True),
    ],
)
def test_who_writes_follows_from_what_a_configuration_sets(tmp_path: Path, own: str, model: str, seeded: bool) -> None:
    found = given(tmp_path, f"one: {own}")["one"]
    assert (found.model, found.seeded) == (model, seeded)


@pytest.mark.parametrize(
    ("own", "told"),
    [
        ("{api_model: 'anthropic:m'}", "name the file that holds its key: api_key_file"),
        ("{API_MODEL: 'anthropic:m', api_key_file: ''}", "name the file that holds its key: api_key_file"),
        ("{api_model: 'anthropic:m', api_key_file: key}", "give its own api_url"),
        ("{api_model: 'anthropic:m', api_key_file: key, api_url: 'https://models.example.org'}", None),
        ("{api_model: 'openai:n'}", None),
        ("{api_url: 'http://127.0.0.1:8000/v1'}", None),
        ("{api_url: 'https://models.example.org/v1', api_key_file: key}", None),
        ("{answer_when_sure: 0.2}", None),
    ],
)
def test_the_owners_key_and_address_are_for_the_owners_provider_alone(
    tmp_path: Path, own: str, told: str | None
) -> None:
    owner = {"api_model": "openai:m", "api_key": "sk-1", "api_url": "https://gate.example.org/v1"}
    if told is None:
        assert given(tmp_path, f"one: {own}", **owner)
        return
    with pytest.raises(UsageError, match=r"the configuration one is of anthropic, and .* of openai$") as caught:
        given(tmp_path, f"one: {own}", **owner)
    assert caught.value.hint == told


def test_the_owners_key_goes_to_no_other_address_outside(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"is of openai at https://models\.example\.org/v1, and your key"):
        given(tmp_path, "one: {api_url: 'https://models.example.org/v1'}", api_model="openai:m", api_key="sk-1")


def test_another_name_is_a_model_with_the_owners_settings(tmp_path: Path) -> None:
    known = given(tmp_path, "bold: {answer_when_sure: 0.2}")
    assert known["bold"].settings["answer_when_sure"].value == 0.2
    other = named("llama3.2:3b", known, OWNER)
    assert (other.model, other.settings, other.own) == ("llama3.2:3b", OWNER, {})


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("- a", "not a mapping of names to settings"), ("a: b", "not a mapping of names to settings"),
        ("a: {", "cannot be read"), ("a: {api_key: sk-1}", "sets api_key"), ("a: {data_dir: x}", "sets data_dir"),
        ("a: {API_KEY: sk-1}", "sets api_key"), ("a: {Data_Dir: x}", "sets data_dir"),
        ("a: {EMBEDDER: hashing}", "sets embedder"), ("a: {embedder: hashing}", "sets embedder"),
        ("a: {nonsense: 1}", "unknown setting FOOTNOTE_NONSENSE"),
        ("a: {answer_when_sure: high}", "the configuration a: FOOTNOTE_ANSWER_WHEN_SURE='high' is not a number"),
    ],
)  # fmt: skip
def test_a_file_that_is_none_says_what_is_wrong(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(UsageError, match=re.escape(told)):
        given(tmp_path, text)
    with pytest.raises(UsageError, match="cannot be read"):
        configurations(tmp_path / "none.yaml", OWNER)
