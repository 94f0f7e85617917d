"""Results on disk: readable at every moment, and continued only where nothing else changed."""

import subprocess
from pathlib import Path

import pytest

from assistant.settings import ASSISTANT
from evals.configuration import Configuration
from evals.provenance import KNOBS, SAME, about, commit, of
from evals.results import FILE, read, write, writing
from knowledge.errors import UsageError
from knowledge.settings import KNOWLEDGE, Setting
from tests.evals.rows import made, row

ABOUT = dict(made().about)


def written(folder: Path, *statuses: str) -> None:
    with writing(folder, ABOUT, resume=False) as (file, _):
        for number, status in enumerate(statuses):
            write(file, row(str(number), status))


def test_rows_come_back_as_they_were(tmp_path: Path) -> None:
    written(tmp_path, "pass", "fail", "error", "skipped")
    found = read(tmp_path)
    assert found.about == ABOUT
    assert [one.status for one in found.rows] == ["pass", "fail", "error", "skipped"]
    assert found.rows[0] == row("0")


def test_a_line_that_a_killed_run_left_half_is_left_out(tmp_path: Path) -> None:
    written(tmp_path, "pass", "pass")
    with (tmp_path / FILE).open("a") as file:
        file.write('{"suite": "kit')
    assert len(read(tmp_path).rows) == 2


def test_resuming_keeps_answers_and_asks_again_what_has_none(tmp_path: Path) -> None:
    written(tmp_path, "pass", "fail", "error", "skipped")
    with writing(tmp_path, ABOUT, resume=True) as (_, done):
        assert {case for _, case, _, _ in done} == {"0", "1"}
    assert len(read(tmp_path).rows) == 2


def test_without_resume_a_run_starts_afresh(tmp_path: Path) -> None:
    written(tmp_path, "pass")
    with writing(tmp_path, ABOUT, resume=False) as (_, done):
        assert not done
        assert read(tmp_path).about == ABOUT  # readable at once, by another process too


@pytest.mark.parametrize("name", ["articles", "prompt", "seed", "model", "api_url", "moderation", "moderator"])
def test_a_run_of_something_else_is_not_continued(tmp_path: Path, name: str) -> None:
    written(tmp_path, "pass")
    with pytest.raises(UsageError, match=f"other {name}"), writing(tmp_path, ABOUT | {name: "y"}, resume=True):
        pass


def test_a_run_records_all_that_must_be_the_same_and_no_password() -> None:
    owner = {setting.name: setting for setting in (*KNOWLEDGE, *ASSISTANT)}
    owner["api_url"] = Setting("api_url", "http://me:secret@models.example.org/v1", "")
    recorded = about([], [], owner) | of({"one": Configuration(owner, "local", {"api_url": owner["api_url"].value})})
    assert set(SAME) - recorded.keys() == {"judge"}  # there is none
    assert recorded["api_url"] == "http://models.example.org/v1"
    assert recorded["configurations"] == {"one": {"api_url": "http://models.example.org/v1"}}


def test_every_setting_of_the_assistant_is_recorded_or_decides_no_answer() -> None:
    money = {"day_budget_usd", "visitor_budget_usd", "prices"}
    aside = money | {"ollama_url", "api_key", "api_key_file", "answer_seconds", "trace_days", "conversation_days"}
    assert {setting.name for setting in ASSISTANT} == aside | set(KNOBS)


def test_a_commit_tells_one_change_of_its_files_from_another(tmp_path: Path) -> None:
    def git(*command: str) -> None:
        named = ("-c", "user.name=a", "-c", "user.email=a@example.org")
        subprocess.run(["git", *named, *command], cwd=tmp_path, check=True, capture_output=True)

    assert commit(tmp_path) is None
    (tmp_path / "a.py").write_text("1")
    git("init")
    git("add", ".")
    git("commit", "-m", "one")
    found = [commit(tmp_path)]
    for text in "23":
        (tmp_path / "a.py").write_text(text)
        found.append(commit(tmp_path))
    assert len(set(found)) == 3
    assert all(one and one.startswith(f"{found[0]}+") for one in found[1:])


@pytest.mark.parametrize("text", ["", "{}\n", "nonsense", '{"about": {}}\n{"suite": 1}\n{}'])
def test_a_folder_without_results_is_told_apart(tmp_path: Path, text: str) -> None:
    if text:
        (tmp_path / FILE).write_text(text)
    with pytest.raises(UsageError, match="no results of an eval run"):
        read(tmp_path)
