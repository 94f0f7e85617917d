"""The command line: shapes, exit codes, and a remedy for every bad input; in this process, on the hashing embedder."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.answer import Answer, Model
from tests.ollama_standin import OllamaStandIn
from tests.ui.conftest import Run
from ui.commands.ask import _written
from ui.widget.files import built_files, pinned_loader

ALIKE = ("error: ", "hint: ")


def test_ingest_tells_what_it_did_and_the_second_time_embeds_nothing(footnote: Run, folder: Path) -> None:
    code, out, _ = footnote("ingest", str(folder), "--json")
    assert (code, json.loads(out)) == (
        0,
        {"added": 1, "changed": 0, "removed": 0, "unchanged": 0, "rejected": [],
         "embeddings": {"computed": 1, "reused": 0}},
    )  # fmt: skip
    code, out, _ = footnote("ingest", str(folder), "--json")
    again = json.loads(out)
    assert (code, again["unchanged"], again["embeddings"]) == (0, 1, {"computed": 0, "reused": 1})


def test_ask_prints_the_answer_and_its_footnotes(footnote: Run, folder: Path) -> None:
    footnote("ingest", str(folder))
    code, out, _ = footnote("ask", "What is bread baked from?")
    assert code == 0
    assert out.startswith("Bread is baked from flour, water and salt. [1]")
    assert "[1] Bread: “Bread is baked from flour, water and salt.”" in out


def test_ask_says_on_stderr_who_wrote_and_whether_text_left(
    footnote: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    footnote("ingest", str(folder))
    assert footnote("ask", "What is bread baked from?")[2] == "written without a language model; nothing left\n"
    with OllamaStandIn(models=["mistral:latest"], says="Bread is baked from flour, water and salt. [1]") as server:
        monkeypatch.setenv("FOOTNOTE_OLLAMA_URL", server.url)
        assert footnote("ask", "What is bread baked from?")[2] == "written by mistral:latest; nothing left\n"


def test_what_a_closed_model_wrote_is_told_with_its_cost() -> None:
    answer = Answer("q", "q", "en", True, "yes", (), (), 0.9, Model("closed", "big"), "t", True, 0.00123)
    assert _written(answer) == "written by big; text left this environment, 0.00123 US dollars"


def test_ask_json_is_one_answer_and_nothing_else(footnote: Run, folder: Path) -> None:
    footnote("ingest", str(folder))
    code, out, _ = footnote("ask", "What is bread baked from?", "--json")
    answer = json.loads(out)
    assert (code, answer["schema"], answer["answered"]) == (0, 1, True)
    assert answer["citations"][0]["article_id"] == "bread"


def test_a_refusal_is_no_error(footnote: Run, folder: Path) -> None:
    footnote("ingest", str(folder))
    code, out, _ = footnote("ask", "Who won the world cup in Brazil?", "--json")
    answer = json.loads(out)
    assert (code, answer["answered"], answer["nearest"][0]["article_id"]) == (0, False, "bread")


def test_trace_prints_how_an_answer_came_to_be(footnote: Run, folder: Path) -> None:
    footnote("ingest", str(folder))
    asked = json.loads(footnote("ask", "What is bread baked from?", "--json")[1])
    code, out, _ = footnote("trace", asked["trace_id"], "--json")
    trace = json.loads(out)
    assert (code, trace["question"], trace["answer"]) == (0, asked["question"], asked["answer"])
    assert "signals: cosine=" in footnote("trace", asked["trace_id"])[1]
    code, _, err = footnote("trace", "0" * 32)
    assert (code, "there is no trace" in err) == (2, True)


def test_search_gives_hits_with_exactly_the_documented_fields(footnote: Run, folder: Path) -> None:
    footnote("ingest", str(folder))
    code, out, _ = footnote("search", "flour", "-k", "3", "--json")
    hits = json.loads(out)["hits"]
    assert code == 0
    assert list(hits[0]) == ["article_id", "url", "title", "section", "chunk_id", "text", "start", "end", "score"]
    _, shown, _ = footnote("show", "bread")
    assert shown[hits[0]["start"] : hits[0]["end"]] == hits[0]["text"]


@pytest.mark.parametrize("verb", ["ask", "search"])
def test_a_batch_gives_one_line_a_line_in_order_bad_ones_too(
    footnote: Run, folder: Path, tmp_path: Path, verb: str
) -> None:
    footnote("ingest", str(folder))
    lines = [
        {"id": "a", "question": "What is bread baked from?"},
        {"id": "b", "question": ""},
        {"id": "c"},
        {"id": "d", "question": "And salt?", "history": [{"role": "user", "content": "What is bread?"}]},
        {"id": "e", "question": "Salt?", "history": "no"},
    ]
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text("\n".join(map(json.dumps, lines)) + "\nnot json\n", encoding="utf-8")
    code, out, _ = footnote(verb, "--batch", str(source), "--out", str(target))
    results = [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]
    assert (code, out) == (0, "")
    assert [result["id"] for result in results] == ["a", "b", "c", "d", "e", 6]
    assert ["error" in result for result in results] == [False, True, True, False, True, True]
    assert ("answer" if verb == "ask" else "hits") in results[0]


def test_an_owners_base_has_no_bundled_articles_and_sources_stay_apart(
    footnote: Run, folder: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "tea.txt").write_text("Tea\n\nTea is brewed from leaves.\n", encoding="utf-8")
    footnote("ingest", str(folder))
    footnote("ingest", str(other))
    _, out, _ = footnote("sources", "--json")
    assert json.loads(out)["sources"] == [{"source": str(other), "articles": 1}, {"source": str(folder), "articles": 1}]
    code, _, _ = footnote("sources", "remove", str(other))
    _, out, _ = footnote("index", "status", "--json")
    assert (code, json.loads(out)["articles"]) == (0, 1)


def test_an_ingest_lets_a_server_on_the_same_machine_go_first(folder: Path, tmp_path: Path) -> None:
    code = f"import os, sys; sys.argv = ['footnote', 'ingest', {str(folder)!r}]\nfrom ui.cli import main\n"
    code += "try: main()\nfinally: print('nice', os.getpriority(os.PRIO_PROCESS, 0))"
    env = os.environ | {"FOOTNOTE_EMBEDDER": "hashing", "FOOTNOTE_DATA_DIR": str(tmp_path / "data")}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=env, check=False)
    assert "1 articles added" in done.stdout
    assert int(done.stdout.split("nice ")[1]) >= 10


def test_widget_snippet_prints_the_pinned_tag(footnote: Run) -> None:
    code, out, _ = footnote("widget", "snippet", "--address", "https://chat.example/", "--site", 'd"s', "--json")
    shown = json.loads(out)
    assert code == 0
    assert shown["src"] == f"https://chat.example/widget/v1/{pinned_loader()}"
    assert shown["integrity"] == built_files()[pinned_loader()].integrity
    assert f'integrity="{shown["integrity"]}" crossorigin="anonymous" data-site="d&quot;s"' in shown["tag"]
    assert footnote("widget", "snippet")[1].startswith('<script async src="http://127.0.0.1:7777/widget/v1/loader-')
