"""Small JSON files: what cannot be read is nothing, what cannot be written leaves what was there."""

from pathlib import Path

import pytest

from knowledge import json_file


def test_what_is_written_is_read(tmp_path: Path) -> None:
    for value in ({"wijk aan zee": True}, [1, None], {}):
        json_file.write(tmp_path / "a.json", value)
        assert json_file.read(tmp_path / "a.json") == value
    assert [file.name for file in tmp_path.iterdir()] == ["a.json"]


@pytest.mark.parametrize("damaged", [b"", b"{", b"\xff", b"nonsense"])
def test_what_cannot_be_read_is_nothing(tmp_path: Path, damaged: bytes) -> None:
    assert json_file.read(tmp_path / "a.json") is None
    assert json_file.read(tmp_path) is None
    (tmp_path / "a.json").write_bytes(damaged)
    assert json_file.read(tmp_path / "a.json") is None


def test_a_writing_that_fails_leaves_what_was_there(tmp_path: Path) -> None:
    json_file.write(tmp_path / "a.json", 1)
    (tmp_path / "a.json.draft").mkdir()  # the draft has no place
    with pytest.raises(OSError, match="draft"):
        json_file.write(tmp_path / "a.json", 2)
    assert json_file.read(tmp_path / "a.json") == 1
