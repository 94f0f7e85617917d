"""Beside a server: what a command asks or changes is done by it; two processes never have one folder open."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.settings import ASSISTANT
from assistant.wiring import make_assistant
from ingest.handoff import ORDERS, QUESTIONS
from ingest.progress import quiet
from ingest.sources import Source
from ingest.sync import sync
from knowledge.embedder import Fingerprint
from knowledge.hashing_embedder import HashingEmbedder
from knowledge.wiring import Knowledge, open_knowledge
from tests.ui.conftest import Run
from ui.handing import attending

QUESTION = "What is bread baked from?"


class Other(HashingEmbedder):
    """The hashing embedder under another name, so that its vectors are another index's."""

    def fingerprint(self) -> Fingerprint:
        """Of its own."""
        return replace(super().fingerprint(), embedder="another")


@pytest.fixture
def served(folder: Path, tmp_path: Path) -> Iterator[Knowledge]:
    """The base that commands find, held as a server holds it."""
    knowledge = open_knowledge(tmp_path / "data", "hashing", "serve", wait=0)
    sync(knowledge, [Source(str(folder), folder)], quiet)
    assistant = make_assistant(knowledge, {setting.name: setting for setting in ASSISTANT})
    with attending(knowledge, assistant):
        yield knowledge
    assert [list((knowledge.folder / desk).glob("*")) for desk in (ORDERS, QUESTIONS)] == [[], []]
    knowledge.close()


def test_a_question_is_answered_by_the_server(footnote: Run, served: Knowledge) -> None:
    code, out, err = footnote("ask", QUESTION, "--json")
    assert (code, json.loads(out)["answered"]) == (0, True)
    assert "a server has the data folder open; it answers" in err
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
