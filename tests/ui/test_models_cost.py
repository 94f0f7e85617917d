"""``footnote models cost`` and ``footnote export training``, as typed, over real stores."""

import json
from pathlib import Path

import pytest

from assistant.costs import compare
from assistant.feedback import Feedback, Rating
from assistant.ledger import Entry, Ledger, Total
from assistant.models.prices import Price
from assistant.traces import Traces
from knowledge.catalogue import Catalogue
from tests.ui.conftest import Run

LOCAL = Total("all", "local", "qwen", 300, 0, 300_000, 30_000, 0.0, 1.0, 2.0)
CLOSED = Total("all", "closed", "gpt", 100, 100, 100_000, 10_000, 0.5, 1.0, 2.0)


def test_the_break_even_is_the_machines_price_by_that_of_an_answer() -> None:
    found = compare([LOCAL, CLOSED], None, 60.0)
    assert (found.local_answers, found.closed_answers, found.closed_per_answer) == (300, 100, 0.005)
    assert found.break_even == pytest.approx(12_000)


def test_a_named_model_prices_the_mean_answer() -> None:
    found = compare([LOCAL], Price(1.0, 10.0), 60.0)
    assert found.closed_per_answer == pytest.approx((1000 * 1.0 + 100 * 10.0) / 1e6)
    assert found.break_even == pytest.approx(30_000)


def test_without_answers_there_is_no_break_even() -> None:
    assert compare([], None, 60.0).break_even is None
    assert compare([], Price(1, 1), 60.0).break_even is None


@pytest.fixture
def data(tmp_path: Path, folder: Path, footnote: Run) -> Path:
    place = tmp_path / "data"
    assert footnote("ingest", str(folder), "--data-dir", str(place))[0] == 0
    return place


def test_cost_reads_the_ledger(footnote: Run, data: Path) -> None:
    catalogue = Catalogue(data)
    Ledger(catalogue.engine).add(Entry("one", "closed", "gpt-5", "", True, True, 1000, 100, 0.002))
    catalogue.close()
    code, out, _ = footnote("models", "cost", "--machine", "50", "--json", "--data-dir", str(data))
    shown = json.loads(out)
    assert code == 0
    assert (shown["closed_answers"], shown["break_even"]) == (1, 25_000)
    assert "25,000 answers a month" in footnote("models", "cost", "--data-dir", str(data))[1]
    assert footnote("models", "cost", "--model", "unheard-of", "--data-dir", str(data))[0] == 2


@pytest.mark.parametrize(("named", "remedy"), [((), "name one with --model"), (("--model", "gpt-5"), "ask a model")])
def test_without_a_models_answer_it_says_what_is_missing(
    footnote: Run, data: Path, named: tuple[str, ...], remedy: str
) -> None:
    assert remedy in footnote("models", "cost", *named, "--data-dir", str(data))[1]


def test_export_training_writes_chat_records_without_personal_data(footnote: Run, data: Path, tmp_path: Path) -> None:
    asked = "What is bread baked from? I am jan@voorbeeld.nl"
    code, out, _ = footnote("ask", asked, "--json", "--data-dir", str(data))
    trace_id = json.loads(out)["trace_id"]
    catalogue = Catalogue(data)
    assert Traces(catalogue.engine, 30).find(trace_id)
    Feedback(catalogue.engine).rate(Rating(trace_id, "up"))
    catalogue.close()
    file = tmp_path / "training.jsonl"
    code, out, _ = footnote("export", "training", "--out", str(file), "--json", "--data-dir", str(data))
    assert (code, json.loads(out)["records"]) == (0, 1)
    [record] = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    assert [message["role"] for message in record["messages"]] == ["system", "user", "assistant"]
    assert '<passage number="1" title="Bread"' in record["messages"][1]["content"]
    assert "[email]" in record["messages"][1]["content"]
    assert "voorbeeld" not in file.read_text(encoding="utf-8")
    assert "flour, water and salt" in record["messages"][2]["content"]
    assert record["rating"] == "up"
