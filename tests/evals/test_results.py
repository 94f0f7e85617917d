"""Results on disk: readable at every moment, and continued only where nothing else changed."""

from pathlib import Path

import pytest

from evals.results import FILE, read, write, writing
from knowledge.errors import UsageError
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


def test_a_run_over_other_articles_is_not_continued(tmp_path: Path) -> None:
    written(tmp_path, "pass")
    with pytest.raises(UsageError, match="other articles"), writing(tmp_path, ABOUT | {"articles": "y"}, resume=True):
        pass


@pytest.mark.parametrize("text", ["", "{}\n", "nonsense", '{"about": {}}\n{"suite": 1}\n{}'])
def test_a_folder_without_results_is_told_apart(tmp_path: Path, text: str) -> None:
    if text:
        (tmp_path / FILE).write_text(text)
    with pytest.raises(UsageError, match="no results of an eval run"):
        read(tmp_path)
