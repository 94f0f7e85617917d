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


RANGED = (
    Setting("days", 30, "how long", least=0, most=100),
    Setting("sure", 0.5, "how sure", least=0, most=1),
    Setting("most", 5, "how many", least=1),
)


@pytest.mark.parametrize(
    ("variable", "value", "range_"),
    [
        ("FOOTNOTE_DAYS", "-1", "0 to 100"), ("FOOTNOTE_DAYS", "101", "0 to 100"), ("FOOTNOTE_SURE", "1.01", "0 to 1"),
        ("FOOTNOTE_SURE", "nan", "0 to 1"), ("FOOTNOTE_MOST", "0", "1 or more"),
    ],
)  # fmt: skip
def test_a_number_out_of_range_is_repeated_with_the_range(variable: str, value: str, range_: str) -> None:
    with pytest.raises(UnknownSetting, match=re.escape(f"{variable}={value} is out of range")) as caught:
        read_settings(RANGED, {variable: value})
    assert caught.value.hint == f"set it to {range_}, or unset it"


def test_the_ends_of_a_range_are_in_it() -> None:
    ends = {"FOOTNOTE_DAYS": "0", "FOOTNOTE_SURE": "1", "FOOTNOTE_MOST": "1"}
    assert [setting.value for setting in read_settings(RANGED, ends).values()] == [0, 1.0, 1]


def test_another_value_leaves_the_rest_of_a_setting() -> None:
    key = Setting("key", "", "of the API", secret=True).given("abc", "command line")
    assert (key.help, key.shown, key.origin) == ("of the API", "(set)", "command line")


def test_the_defaults_are_the_packaged_embedder_and_a_folder_of_the_user() -> None:
    settings = read_settings(KNOWLEDGE, {})
    assert settings["embedder"].value == "all-MiniLM-L6-v2"
    assert Path(str(settings["data_dir"].value)).is_absolute()


def test_every_setting_has_help() -> None:
    assert all(setting.help and setting.name.islower() for setting in KNOWLEDGE)
