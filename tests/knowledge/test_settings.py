"""Settings come from the table, then from the environment, and a slip of the pen is told."""

import re
from pathlib import Path

import pytest

from knowledge.errors import UnknownSetting
from knowledge.settings import KNOWLEDGE, Setting, read_settings

TABLE = (
    Setting("port", 7777, "where to listen"),
    Setting("threshold", 0.5, "when to answer"),
    Setting("embedder", "small", "which model"),
)


def test_without_an_environment_every_setting_has_its_default() -> None:
    settings = read_settings(TABLE, {"PATH": "/bin"})
    assert {name: setting.value for name, setting in settings.items()} == {
        "port": 7777,
        "threshold": 0.5,
        "embedder": "small",
    }
    assert {setting.origin for setting in settings.values()} == {"default"}


def test_the_environment_wins_in_the_type_of_the_default() -> None:
    environ = {"FOOTNOTE_PORT": "80", "FOOTNOTE_THRESHOLD": "1", "FOOTNOTE_EMBEDDER": "7"}
    settings = read_settings(TABLE, environ)
    assert [settings[name].value for name in ("port", "threshold", "embedder")] == [80, 1.0, "7"]
    assert isinstance(settings["threshold"].value, float)


def test_a_setting_says_where_its_value_is_from() -> None:
    port = read_settings(TABLE, {"FOOTNOTE_PORT": "80"})["port"]
    assert port.origin == port.variable == "FOOTNOTE_PORT"


def test_an_unknown_name_suggests_a_near_one() -> None:
    with pytest.raises(UnknownSetting, match="FOOTNOTE_EMBEDER") as caught:
        read_settings(TABLE, {"FOOTNOTE_EMBEDER": "big"})
    assert caught.value.hint == "did you mean FOOTNOTE_EMBEDDER? Otherwise unset it."


def test_a_name_like_no_other_points_to_the_list() -> None:
    with pytest.raises(UnknownSetting) as caught:
        read_settings(TABLE, {"FOOTNOTE_XYZZY_123": "1"})
    assert caught.value.hint == "`footnote config show` lists all settings; unset it."


@pytest.mark.parametrize(("variable", "value"), [("FOOTNOTE_PORT", "80.5"), ("FOOTNOTE_THRESHOLD", "high")])
def test_a_value_of_the_wrong_type_is_repeated(variable: str, value: str) -> None:
    with pytest.raises(UnknownSetting, match=re.escape(f"{variable}={value!r} is not a number")) as caught:
        read_settings(TABLE, {variable: value})
    assert "unset it" in caught.value.hint
    assert caught.value.exit_code == 2


def test_the_defaults_are_the_packaged_embedder_and_a_folder_of_the_user() -> None:
    settings = read_settings(KNOWLEDGE, {})
    assert settings["embedder"].value == "all-MiniLM-L6-v2"
    assert Path(str(settings["data_dir"].value)).is_absolute()


def test_every_setting_has_help() -> None:
    assert all(setting.help and setting.name.islower() for setting in KNOWLEDGE)
