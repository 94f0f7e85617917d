"""Suites: the bundled ones are sound, and every way to break a case is named."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from evals.case import Suite
from evals.suites import BUNDLED, BrokenSuite, find, load
from evals.validator import checked, problems, read_articles
from knowledge.errors import UsageError
from tests.evals.conftest import CASES

Write = Callable[..., Path]
GOOD: dict[str, Any] = CASES[0]


def test_there_are_at_least_150_bundled_cases_of_every_kind() -> None:
    cases = [case for path in find([]) for case in load(path).cases]
    tags = Counter(tag for case in cases for tag in case.tags)
    assert len(cases) >= 150
    assert len({case.id for case in cases}) == len(cases)
    assert tags["off_topic"] >= 30
    assert tags["near_miss"] >= 40
    assert tags["command"] >= 15
    assert tags["sloppy"] >= 25
    assert tags["follow_up"] >= 20


@pytest.mark.parametrize("path", find([]), ids=lambda path: path.stem)
def test_a_bundled_suite_has_no_broken_case(path: Path) -> None:
    found = checked(path)
    assert (found.problems, found.stale) == ([], [])
    assert found.cases


def test_a_sound_suite_has_no_problems_and_knows_its_articles(suite: Suite) -> None:
    assert problems(suite, read_articles(suite.knowledge)) == []
    assert suite.knowledge.is_absolute()
    assert suite.cases[0].asked == "What is bread baked from?"


def test_the_last_turn_is_asked(written: Write) -> None:
    turns = {name: value for name, value in GOOD.items() if name != "question"} | {"turns": ["Bread?", "And salt?"]}
    case = load(written(turns)).cases[0]
    assert case.asked == "And salt?"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"question": ""}, "question"),
        ({"turns": ["One more"]}, "either a question or turns"),
        ({"language": "english"}, "language"),
        ({"facts": []}, "lacks articles or facts"),
        ({"answerable": False}, "yet has facts"),
        ({"answerable": "perhaps"}, "answerable"),
        ({"fact": ["x"]}, "fact: Extra inputs"),
        ({"id": None}, "case 1: id"),
    ],
)
def test_a_case_that_is_not_in_form_is_named(written: Write, change: dict[str, Any], told: str) -> None:
    with pytest.raises(BrokenSuite) as broken:
        load(written(GOOD | change))
    assert any(told in line for line in broken.value.problems), broken.value.problems


def test_all_broken_cases_are_named_at_once(written: Write) -> None:
    with pytest.raises(BrokenSuite) as broken:
        load(written(GOOD, GOOD, {"id": "x"}, "nonsense"))
    told = "\n".join(broken.value.problems)
    for part in ("bread: this id occurs 2 times", "is asked 2 times", "x: language", "case 4: "):
        assert part in told


def test_an_article_that_does_not_exist_and_a_fact_nobody_says_are_named(written: Write) -> None:
    wrong = GOOD | {"articles": ["cake", "tea"], "facts": ["flour, water and salt", "80 degrees"]}
    suite = load(written(wrong))
    assert problems(suite, read_articles(suite.knowledge)) == [
        "bread: there is no article 'cake'",
        "bread: no acceptable article says 'flour, water and salt'",
    ]


@pytest.mark.parametrize("text", ["cases: [", "[1, 2]", "name: x\ncases: []\nknowledge: y", "\0"])
def test_a_file_that_is_no_suite_is_told_apart(tmp_path: Path, text: str) -> None:
    path = tmp_path / "bad.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BrokenSuite, match=r"bad\.yaml"):
        load(path)


def test_suites_are_found_by_name_by_path_and_by_folder(written: Write) -> None:
    path = written()
    assert find(["off_topic"]) == [BUNDLED / "off_topic.yaml"]
    assert find([str(path)]) == [path]
    assert find([str(path.parent)]) == [path]
    with pytest.raises(UsageError, match="no suite 'nothing'") as error:
        find(["nothing"])
    assert "off_topic" in error.value.hint
