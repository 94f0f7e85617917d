"""The command line: shapes, exit codes, and a remedy for every bad input; in this process, on the hashing embedder."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.ui.conftest import Run

ALIKE = ("error: ", "hint: ")


def refused(result: tuple[int, str, str], code: int, *says: str) -> None:
    """One line of error, one of remedy, nothing on stdout, no traceback."""
    found, out, err = result
    assert (found, out) == (code, "")
    assert all(word in err for word in (*ALIKE, *says)), err
    assert "Traceback" not in err


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


@pytest.mark.parametrize("question", ["", "   ", "🎉", "x" * 100_000])
def test_bad_questions_are_usage_errors(footnote: Run, question: str) -> None:
    refused(footnote("ask", question), 2, "question")


def test_neither_question_nor_batch_is_a_usage_error(footnote: Run) -> None:
    refused(footnote("ask"), 2, "--batch")


def test_a_batch_without_a_place_for_results_is_a_usage_error(footnote: Run, folder: Path) -> None:
    footnote("ingest", str(folder))
    refused(footnote("ask", "--batch", "questions.jsonl"), 2, "--out")


def test_a_batch_that_is_not_there_is_a_usage_error(footnote: Run, folder: Path, tmp_path: Path) -> None:
    footnote("ingest", str(folder))
    refused(footnote("search", "--batch", "nowhere.jsonl", "--out", str(tmp_path / "o")), 2, "nowhere.jsonl")


def test_asking_an_empty_base_says_how_to_fill_it(footnote: Run) -> None:
    refused(footnote("ask", "What is bread?"), 1, "no articles", "footnote ingest")


def test_a_source_that_is_not_there_is_a_usage_error(footnote: Run) -> None:
    refused(footnote("ingest", "/no/such/folder"), 2, "/no/such/folder")


def test_an_address_is_refused_for_now(footnote: Run) -> None:
    refused(footnote("ingest", "https://example.org"), 2, "https://example.org")


def test_a_source_that_lost_its_articles_is_reported_and_empties_nothing(footnote: Run, folder: Path) -> None:
    footnote("ingest", str(folder))
    (folder / "bread.md").rename(folder / "bread.pdf")
    code, out, _ = footnote("ingest", str(folder), "--json")
    assert code == 0
    assert "unknown type .pdf" in json.loads(out)["rejected"][0]["reason"]
    assert "nothing was changed" in json.loads(out)["rejected"][1]["reason"]
    _, out, _ = footnote("index", "status", "--json")
    assert json.loads(out)["articles"] == 1


def test_a_folder_without_articles_leaves_no_silent_empty_index(footnote: Run, folder: Path) -> None:
    (folder / "bread.md").rename(folder / "bread.pdf")
    refused(footnote("ingest", str(folder)), 1, "no articles", ".pdf")


def test_rejected_files_are_listed_with_the_reason_and_are_no_error(footnote: Run, folder: Path) -> None:
    (folder / "empty.md").write_text("", encoding="utf-8")
    (folder / "latin.txt").write_bytes(b"caf\xe9")
    (folder / "photo.png").write_bytes(b"\x89PNG")
    code, out, _ = footnote("ingest", str(folder), "--json")
    reasons = {Path(one["source"]).name: one["reason"] for one in json.loads(out)["rejected"]}
    assert code == 0
    assert "empty" in reasons["empty.md"]
    assert "0xe9 at offset 3" in reasons["latin.txt"]
    assert "unknown type .png" in reasons["photo.png"]


def test_an_unknown_setting_is_named_with_a_near_one(footnote: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOOTNOTE_EMBEDER", "x")
    refused(footnote("config", "show"), 2, "FOOTNOTE_EMBEDER", "FOOTNOTE_EMBEDDER?")


def test_a_setting_of_the_wrong_type_is_named(footnote: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOOTNOTE_PORT", "http")
    refused(footnote("config", "show"), 2, "FOOTNOTE_PORT='http'")


def test_an_unknown_flag_is_a_usage_error(footnote: Run) -> None:
    code, _, err = footnote("ask", "--nonsense", "x")
    assert code == 2
    assert "--nonsense" in err


def test_a_data_folder_that_cannot_be_written_is_named(footnote: Run, tmp_path: Path, folder: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    refused(footnote("ingest", str(folder), "--data-dir", str(tmp_path / "file" / "data")), 1, "--data-dir")


def test_an_index_of_another_embedder_is_refused_and_a_rebuild_mends_it(
    footnote: Run, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    footnote("ingest", str(folder))
    catalogue = next((tmp_path / "data").glob("catalogue.sqlite"))
    import sqlite3

    with sqlite3.connect(catalogue) as connection:
        connection.execute(
            "UPDATE generations SET digest = 'other', fingerprint = json_set(fingerprint, '$.embedder', 'e5')"
        )
    connection.close()
    refused(footnote("ask", "What is bread?"), 1, "e5", "footnote index rebuild")
    refused(footnote("ingest", str(folder)), 1, "footnote index rebuild")
    assert footnote("index", "rebuild")[0] == 0
    assert footnote("ask", "What is bread baked from?")[0] == 0


def test_a_model_that_cannot_be_had_is_named(footnote: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOOTNOTE_EMBEDDER", str(folder))
    refused(footnote("ingest", str(folder)), 1, "safetensors")


def test_a_port_in_use_is_named(footnote: Run, folder: Path) -> None:
    from ui.server import bind

    footnote("ingest", str(folder))
    with bind("127.0.0.1", 0) as taken:
        taken.listen()
        port = taken.getsockname()[1]
        refused(footnote("serve", "--port", str(port)), 1, str(port), f"--port {port + 1}")


def test_serving_an_empty_base_says_how_to_fill_it(footnote: Run) -> None:
    refused(footnote("serve", "--port", "0"), 1, "footnote ingest")


def test_config_show_names_the_origin_of_each_value(footnote: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOOTNOTE_MAX_SENTENCES", "5")
    _, out, _ = footnote("config", "show", "--json", "--data-dir", "somewhere")
    shown = json.loads(out)
    assert shown["max_sentences"] == {
        "value": 5,
        "origin": "FOOTNOTE_MAX_SENTENCES",
        "variable": "FOOTNOTE_MAX_SENTENCES",
    }
    assert shown["data_dir"]["origin"] == "command line"
    assert shown["host"]["origin"] == "default"


def test_show_of_an_unknown_article_is_a_usage_error(footnote: Run, folder: Path) -> None:
    footnote("ingest", str(folder))
    refused(footnote("show", "tea"), 2, "tea")


def test_doctor_is_content_with_a_working_base(footnote: Run, folder: Path) -> None:
    footnote("ingest", str(folder))
    code, out, _ = footnote("doctor", "--json")
    checks = {check["name"]: check for check in json.loads(out)["checks"]}
    assert set(checks) == {"Python", "disk", "data folder", "index", "embedder", "Ollama", "port"}
    assert checks["index"]["state"] == checks["embedder"]["state"] == "ok"
    assert checks["Ollama"]["state"] == "warn"
    assert "optional" in checks["Ollama"]["fix"]
    assert code == 0


def test_doctor_gives_a_fix_for_what_fails(footnote: Run) -> None:
    code, out, _ = footnote("doctor", "--quick", "--json")
    index = next(check for check in json.loads(out)["checks"] if check["name"] == "index")
    assert (code, index["state"]) == (1, "fail")
    assert "footnote ingest" in index["fix"]


def test_a_bug_keeps_its_traceback(footnote: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.console.table", lambda *_: 1 / 0)
    monkeypatch.setattr("sys.argv", ["footnote", "config", "show"])
    from ui.cli import main

    with pytest.raises(ZeroDivisionError):
        main()


def test_the_installed_command_answers_for_help() -> None:
    command = Path(sys.executable).parent / "footnote"
    done = subprocess.run([command, "--help"], capture_output=True, text=True, check=True, env=dict(os.environ))
    assert "ingest" in done.stdout


def test_a_closed_model_is_refused_before_any_work(footnote: Run, folder: Path) -> None:
    footnote("ingest", str(folder))
    for question in ("What is bread baked from?", "Who won the world cup in Brazil?"):
        refused(footnote("ask", question, "--model", "closed"), 2, "no closed model")


def test_a_batch_onto_itself_keeps_its_questions_until_all_are_answered(
    footnote: Run, folder: Path, tmp_path: Path
) -> None:
    footnote("ingest", str(folder))
    file = tmp_path / "both.jsonl"
    file.write_bytes(b'\xef\xbb\xbf{"id": 1, "question": "flour?"}\n\xff\n{"id": 3, "question": "salt?"}\n')
    assert footnote("search", "--batch", str(file), "--out", str(file))[0] == 0
    results = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    assert ["hits" in result for result in results] == [True, False, True]


def test_options_before_a_sub_verb_are_not_silently_dropped(footnote: Run, folder: Path) -> None:
    footnote("ingest", str(folder))
    refused(footnote("sources", "--data-dir", "elsewhere", "remove", str(folder)), 2, "after the verb")


def test_a_base_whose_vectors_are_gone_says_so_and_is_mended(footnote: Run, folder: Path, tmp_path: Path) -> None:
    import shutil

    footnote("ingest", str(folder))
    shutil.rmtree(tmp_path / "data" / "chroma")
    refused(footnote("ask", "What is bread?"), 1, "footnote index rebuild")
    assert footnote("doctor", "--quick")[0] == 1
    assert footnote("ingest", str(folder))[0] == 0
    assert footnote("ask", "What is bread baked from?")[0] == 0


def test_an_empty_variable_is_as_good_as_none(footnote: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOOTNOTE_DATA_DIR", "")
    _, out, _ = footnote("config", "show", "--json")
    assert json.loads(out)["data_dir"]["origin"] == "default"


def test_a_port_beyond_the_last_is_named(footnote: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOOTNOTE_PORT", "99999")
    refused(footnote("doctor"), 2, "FOOTNOTE_PORT=99999")
