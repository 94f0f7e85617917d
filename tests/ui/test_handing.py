"""Beside a server: what a command asks or changes is done by it; two processes never have one folder open."""

import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.chain import Assistant
from assistant.models.call import Call
from assistant.models.model import ChatModel, ModelFailed, ScriptedModel, Stream
from assistant.settings import ASSISTANT
from assistant.wiring import make_assistant
from evals.watch import canaries
from ingest.handoff import ORDERS, QUESTIONS, hand_over
from ingest.progress import Step, quiet
from ingest.report import Report
from ingest.sources import Files
from ingest.sync import sync
from knowledge.embedder import Fingerprint
from knowledge.hashing_embedder import HashingEmbedder
from knowledge.wiring import Knowledge, open_knowledge
from tests.ui.conftest import Run
from ui.handing import after_ingest
from ui.handing.attending import attending
from ui.handing.inquiries import Ask, written
from ui.stopping import Stopped

QUESTION = "What is bread baked from?"


class Other(HashingEmbedder):
    """The hashing embedder under another name, so that its vectors are another index's."""

    def fingerprint(self) -> Fingerprint:
        """Of its own."""
        return replace(super().fingerprint(), embedder="another")


class Silent(ScriptedModel):
    """A model that begins an answer and says nothing more until it is stopped."""

    def __init__(self) -> None:
        super().__init__(())
        self.begun = threading.Event()

    def stream(self, system: str, user: str, call: Call) -> Stream:
        """Nothing."""
        self.begun.set()
        while not call.stop.wait(1):
            pass
        raise ModelFailed("stopped")
        yield ""


def made(knowledge: Knowledge, model: ChatModel | None = None) -> Assistant:
    """An assistant with the default settings."""
    return make_assistant(knowledge, {setting.name: setting for setting in ASSISTANT}, model)


@pytest.fixture
def served(folder: Path, tmp_path: Path) -> Iterator[Knowledge]:
    """The base that commands find, held as a server holds it."""
    knowledge = open_knowledge(tmp_path / "data", "hashing", "serve", wait=0)
    sync(knowledge, [Files(str(folder), folder)], quiet)
    with attending(knowledge, made(knowledge)):
        yield knowledge
    assert [list((knowledge.folder / desk).glob("*")) for desk in (ORDERS, QUESTIONS)] == [[], []]
    knowledge.close()


def test_a_question_is_answered_by_the_server(footnote: Run, served: Knowledge) -> None:
    code, out, err = footnote("ask", QUESTION, "--json")
    assert (code, json.loads(out)["answered"]) == (0, True)
    assert "a server has the data folder open; it answers with its own settings" in err
    code, out, _ = footnote("ask", QUESTION)
    assert (code, "[1] Bread: “Bread is baked" in out) == (0, True)


def test_a_search_and_a_batch_are_done_by_the_server(footnote: Run, served: Knowledge, tmp_path: Path) -> None:
    code, out, _ = footnote("search", QUESTION, "--explain", "--json")
    assert (code, set(json.loads(out)["hits"][0]["stages"]) >= {"cosine", "bm25"}) == (0, True)
    (tmp_path / "in.jsonl").write_text(f'{{"question": "{QUESTION}"}}\n{{"question": "?"}}\n')
    assert footnote("ask", "--batch", str(tmp_path / "in.jsonl"), "--out", str(tmp_path / "out.jsonl"))[0] == 0
    good, bad = (json.loads(line) for line in (tmp_path / "out.jsonl").read_text().splitlines())
    assert good["answered"]
    assert "error" in bad


def test_what_the_server_refuses_is_told_with_its_exit_code(footnote: Run, served: Knowledge) -> None:
    code, _, err = footnote("ask", QUESTION, "--model", "closed")
    assert code == 2
    assert "FOOTNOTE_POLICY" in err


@pytest.mark.parametrize("model", ["extractive", None])
def test_the_model_that_is_set_where_it_is_asked_is_the_one_that_writes(
    footnote: Run, served: Knowledge, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, model: str | None
) -> None:
    if model:
        monkeypatch.setenv("FOOTNOTE_MODEL", model)
    knowledge = open_knowledge(tmp_path / "another", "hashing", "serve", wait=0)
    sync(knowledge, [Files("site", tmp_path / "site")], quiet)
    writer = ScriptedModel(["Bread is baked from flour, water and salt [1]."])
    with attending(knowledge, made(knowledge, writer)):
        assert footnote("ask", QUESTION, "--data-dir", str(knowledge.folder))[0] == 0
    knowledge.close()
    assert bool(writer.asked) == (model is None)


def test_a_policy_that_is_not_the_servers_is_refused_before_anything_leaves(
    footnote: Run, served: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FOOTNOTE_POLICY", "escalate")
    code, out, err = footnote("ask", QUESTION)
    assert (code, out) == (2, "")
    assert "answers with FOOTNOTE_POLICY=local, not escalate" in err
    assert "start it with FOOTNOTE_POLICY=escalate" in err
    monkeypatch.setenv("FOOTNOTE_POLICY", "local")
    assert footnote("ask", QUESTION)[0] == 0


def test_a_rebuild_is_done_by_the_server_and_served_at_once(footnote: Run, served: Knowledge) -> None:
    before = served.generation()
    code, out, _ = footnote("index", "rebuild", "--json")
    assert (code, json.loads(out)["changed"]) == (0, 1)
    assert served.generation() > before
    assert json.loads(footnote("ask", QUESTION, "--json")[1])["answered"]


def test_a_rebuild_for_another_embedder_says_what_to_do(footnote: Run, served: Knowledge) -> None:
    served.embedder = Other()
    code, _, err = footnote("index", "rebuild")
    assert code == 2
    assert "in use with embedder another" in err
    assert "stop the server, rebuild, start it with FOOTNOTE_EMBEDDER=hashing" in err


def test_a_source_is_removed_by_the_server(footnote: Run, served: Knowledge, folder: Path) -> None:
    code, out, _ = footnote("sources", "remove", str(folder))
    assert (code, out) == (0, "1 articles removed\n")
    assert served.catalogue.count(None)[0] == 0


def test_the_end_of_a_server_hangs_up_on_the_model_that_writes_for_others(served: Knowledge, base: Knowledge) -> None:
    sync(base, [Files("site", served.folder.parent / "site")], quiet)
    model = Silent()
    with attending(base, made(base, model)):
        client = threading.Thread(
            target=hand_over, args=(written(Ask(QUESTION, (), None, None)), base.folder, QUESTIONS, quiet)
        )
        client.start()
        assert model.begun.wait(30)
    client.join()


def test_what_follows_an_ingest_can_be_stopped(served: Knowledge) -> None:
    def stopped(step: Step) -> None:
        raise Stopped(f"stopped at {step}", "")

    with pytest.raises(Stopped, match="0 of 1 articles asked their own question"):
        after_ingest.ask(Report(added=1), served, lambda: made(served), stopped)


def test_an_ingest_that_cannot_ask_its_articles_is_told_so_in_its_report(
    footnote: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FOOTNOTE_POLICY", "closed")  # as in cron's environment, where the key is not
    code, out, err = footnote("ingest", str(folder), "--json")
    assert (code, json.loads(out)["added"]) == (0, 1)
    assert "what the articles answer now could not be asked: FOOTNOTE_POLICY=closed needs a closed model" in err
    code, _, err = footnote("ingest", str(folder))
    assert (code, "could not be asked" in err) == (0, False)


def test_canaries_that_cannot_be_kept_are_told_in_the_report(served: Knowledge) -> None:
    (served.folder / canaries.FILE).mkdir()
    report = Report(added=1)
    after_ingest.ask(report, served, lambda: made(served), quiet)
    assert ["could not be written" in line for line in report.asked] == [True]
