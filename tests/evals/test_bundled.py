"""The bundled suites through the gate, once a test run; and the proof that the gate sees defects."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from assistant.settings import ASSISTANT
from benchmarks.results import README, table
from evals.baseline import Check, checks, read_accepted, verdict
from evals.case import Suite
from evals.examiner import Examiner
from evals.results import Run
from evals.runner import run, tasks
from evals.suites import BUNDLED, find, load
from evals.wiring import examiner
from knowledge.wiring import Knowledge
from tests.evals.defects import (
    Defect,
    Defective,
    always_answers,
    always_refuses,
    dropped_list_item,
    stale,
    wrong_citation,
)

pytestmark = pytest.mark.embedder

# Enough to see every defect, in a few seconds each.
SAMPLE = ("answers_dev", "off_topic")


@pytest.fixture(scope="module")
def bundled_examiner(bundled_base: Knowledge) -> Examiner:
    return examiner(bundled_base, {setting.name: setting for setting in ASSISTANT})


def gate(suites: Sequence[Suite], examined: Examiner) -> list[Check]:
    rows = tuple(run(tasks(suites, ["extractive"], 1), examined, jobs=2))
    return checks(Run({}, rows), read_accepted([BUNDLED]))


def test_extraction_does_at_least_what_is_accepted_on_every_bundled_suite(bundled_examiner: Examiner) -> None:
    found = gate([load(path) for path in find([])], bundled_examiner)
    assert not any(check.red for check in found), verdict(found)


@pytest.mark.parametrize("defect", [wrong_citation, dropped_list_item, always_answers, always_refuses])
def test_a_defect_in_the_answerer_closes_the_gate(bundled_examiner: Examiner, defect: Defect) -> None:
    broken = replace(bundled_examiner, answerer=Defective(bundled_examiner.answerer, defect))
    assert any(check.red for check in gate([load(path) for path in find(SAMPLE)], broken))


def test_it_is_the_defect_that_closes_it_and_not_what_carries_it(bundled_examiner: Examiner) -> None:
    sound = replace(bundled_examiner, answerer=Defective(bundled_examiner.answerer, lambda answer, hits: answer))
    found = gate([load(path) for path in find(SAMPLE)], sound)
    assert not any(check.red for check in found), verdict(found)


def test_an_index_older_than_its_articles_closes_the_gate(bundled_examiner: Examiner) -> None:
    found = gate([load(path) for path in find(SAMPLE)], stale(bundled_examiner))
    assert any(check.reason == "a quotation does not stand in its article" for check in found if check.red)


def test_the_table_in_the_readme_is_what_is_accepted() -> None:
    assert table(read_accepted([BUNDLED])) in README.read_text(encoding="utf-8"), "run `make results`"
