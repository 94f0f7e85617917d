"""Bad input: a clear message with the remedy, the right exit code, never a traceback, never a silent empty index."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.ui.conftest import Run
from ui.settings import ALL

ALIKE = ("error: ", "hint: ")


def refused(result: tuple[int, str, str], code: int, *says: str) -> None:
    """One line of error, one of remedy, nothing on stdout, no traceback."""
    found, out, err = result
    assert (found, out) == (code, "")
    assert all(word in err for word in (*ALIKE, *says)), err
    assert "Traceback" not in err


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


def test_an_address_inside_is_refused(footnote: Run) -> None:
    refused(footnote("ingest", "http://127.0.0.1/"), 3, "127.0.0.1 is not a public address")


def test_a_source_that_lost_its_articles_is_reported_and_empties_nothing(footnote: Run, folder: Path) -> None:
    footnote("ingest", str(folder))
    (folder / "bread.md").rename(folder / "bread.odt")
    code, out, _ = footnote("ingest", str(folder), "--json")
    assert code == 0
    assert "unknown type .odt" in json.loads(out)["rejected"][0]["reason"]
    assert "nothing was changed" in json.loads(out)["rejected"][1]["reason"]
    _, out, _ = footnote("index", "status", "--json")
    assert json.loads(out)["articles"] == 1


def test_a_folder_without_articles_leaves_no_silent_empty_index(footnote: Run, folder: Path) -> None:
    (folder / "bread.md").rename(folder / "bread.odt")
    refused(footnote("ingest", str(folder)), 1, "no articles", ".odt")


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
    from ui.server.listener import bind

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
    assert set(checks) == {
        "Python",
        "disk",
        "data folder",
        "index",
        "embedder",
        "languages",
        "Ollama",
        "writer",
        "port",
    }
    assert checks["index"]["state"] == checks["embedder"]["state"] == "ok"
    assert checks["Ollama"]["state"] == "warn"
    assert "optional" in checks["Ollama"]["fix"]
    assert code == 0


def test_doctor_recommends_a_multilingual_embedder_when_visitors_ask_in_another_language(
    footnote: Run, folder: Path
) -> None:
    def languages() -> dict[str, str]:
        _, out, _ = footnote("doctor", "--json")
        return next(check for check in json.loads(out)["checks"] if check["name"] == "languages")

    footnote("ingest", str(folder))
    for number in range(5):
        assert languages()["state"] == "ok"
        footnote("ask", f"Waarvan wordt brood nummer {number} van de bakker gebakken?")
    found = languages()
    assert (found["state"], "5 in nl" in found["found"]) == ("warn", True)
    assert found["fix"].startswith("FOOTNOTE_EMBEDDER=intfloat/multilingual-e5-small")


def test_doctor_gives_a_fix_for_what_fails(footnote: Run) -> None:
    code, out, _ = footnote("doctor", "--quick", "--json")
    index = next(check for check in json.loads(out)["checks"] if check["name"] == "index")
    assert (code, index["state"]) == (1, "fail")
    assert "footnote ingest" in index["fix"]


def test_a_bug_keeps_its_traceback(footnote: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.terminal.console.table", lambda *_: 1 / 0)
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


@pytest.mark.parametrize(
    ("variable", "value", "range_"),
    [
        ("FOOTNOTE_PORT", "99999", "0 to 65535"), ("FOOTNOTE_VISITOR_LIMIT", "-5", "0 or more"),
        ("FOOTNOTE_TRACE_DAYS", "-1", "0 to 36500"), ("FOOTNOTE_NUM_CTX", "100", "2048 or more"),
    ],
)  # fmt: skip
def test_a_number_out_of_range_is_named_with_the_range(
    footnote: Run, monkeypatch: pytest.MonkeyPatch, variable: str, value: str, range_: str
) -> None:
    monkeypatch.setenv(variable, value)
    refused(footnote("doctor"), 2, f"{variable}={value}", range_)


def test_every_number_has_a_range() -> None:
    assert [setting.name for setting in ALL if not isinstance(setting.value, str) and not setting.range] == []
