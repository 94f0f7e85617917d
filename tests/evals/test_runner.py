"""Running cases: every outcome is a row with its reason, and a model that is gone is not asked for ever."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from threading import Barrier, BrokenBarrierError, Lock

import pytest

from assistant.events import Event
from assistant.models.model import ScriptedModel
from assistant.models.seed import FIRST
from assistant.question import Question
from assistant.settings import ASSISTANT
from assistant.wiring import make_assistant
from evals.case import Suite
from evals.examiner import Answerer, Examiner
from evals.row import row_of
from evals.runner import GIVE_UP, run, tasks
from evals.wiring import examining
from knowledge.errors import DependencyDown
from knowledge.settings import Setting
from knowledge.wiring import Knowledge
from tests.ollama_standin import OllamaStandIn


class Broken:
    """An answerer whose server is down."""

    asked = 0

    def events(self, question: Question, model: str | None = None) -> Iterator[Event]:
        """No event, ever."""
        self.asked += 1
        raise DependencyDown("nobody answers", "start the server")
        yield


def test_right_answers_pass_and_questions_without_an_answer_pass_when_refused(suite: Suite, examined: Examiner) -> None:
    rows = list(run(tasks([suite], ["extractive"], 1), examined, jobs=2))
    assert [(row.case, row.status, row.reason) for row in rows] == [
        ("bread", "pass", ""), ("tea", "pass", ""), ("cars", "pass", ""),
    ]  # fmt: skip
    assert rows[0].hits[0]["gold"] == "fact"
    assert rows[0].metrics["quotes_true"] == 1.0
    assert row_of(rows[0].as_dict()) == rows[0]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"facts": ("flour, water and salt", "yeast")}, "not said: yeast"),
        ({"articles": ("tea",)}, "no acceptable article is cited"),
        ({"answerable": False, "facts": ()}, "answered, though no article does"),
        ({"question": "Who won the Monaco motor race?"}, "refused, though an article answers"),
    ],
)
def test_a_failure_says_why(suite: Suite, examined: Examiner, change: dict[str, object], reason: str) -> None:
    wrong = suite.model_copy(update={"cases": (suite.cases[0].model_copy(update=change),)})
    (row,) = run(tasks([wrong], ["extractive"], 1), examined, jobs=1)
    assert (row.status, row.reason) == ("fail", reason)


def test_a_quotation_that_is_no_longer_in_the_article_fails(suite: Suite, examined: Examiner) -> None:
    bread = replace(examined.articles["bread"], text="# Bread\n\nBread has been rewritten since.\n")
    stale = replace(examined, articles={**examined.articles, "bread": bread})
    (row, *_) = run(tasks([suite], ["extractive"], 1), stale, jobs=1)
    assert (row.status, row.reason) == ("fail", "a quotation does not stand in its article")


def test_where_the_model_failed_and_extraction_stood_in_the_row_is_an_error(
    suite: Suite, examined: Examiner, base: Knowledge
) -> None:
    settings: dict[str, Setting] = {setting.name: setting for setting in ASSISTANT}
    down = make_assistant(base, settings, given=ScriptedModel([], fails="timed out"))
    bread, _, cars = run(tasks([suite], ["local"], 1), replace(examined, answerer=down), jobs=1)
    assert bread.status == "error"
    assert "timed out" in bread.reason
    assert cars.status == "pass"  # refused before any model is asked


def test_errors_in_a_row_end_a_configuration_and_the_rest_is_skipped_with_the_reason(
    suite: Suite, examined: Examiner
) -> None:
    broken = Broken()
    rows = list(run(tasks([suite], ["gone"], 4), replace(examined, answerer=broken), jobs=1))
    assert [row.status for row in rows] == ["error"] * GIVE_UP + ["skipped"] * (12 - GIVE_UP)
    assert rows[-1].reason == f"{GIVE_UP} errors in a row, the last: nobody answers. start the server"
    assert broken.asked == GIVE_UP


def test_what_is_done_is_not_asked_again_and_each_configuration_starts_afresh(suite: Suite, examined: Examiner) -> None:
    todo = tasks([suite], ["extractive", "auto"], 2)
    assert len(todo) == 12
    done = {("kitchen", case, "extractive", repeat) for case in ("bread", "tea", "cars") for repeat in (1, 2)}
    rows = list(run(todo, examined, jobs=4, done=done))
    assert {row.configuration for row in rows} == {"auto"}
    assert [row.key for row in rows] == [
        (task.suite, task.case.id, task.configuration, task.repeat) for task in todo if task.configuration == "auto"
    ]


def test_every_repeat_has_a_seed_of_its_own_and_a_row_has_what_the_answer_took(
    suite: Suite, examined: Examiner, base: Knowledge
) -> None:
    with OllamaStandIn(says="Bread is baked from flour, water and salt. [1]") as server:
        settings: dict[str, Setting] = {setting.name: setting for setting in ASSISTANT}
        settings["ollama_url"] = Setting("ollama_url", server.url, "")
        asking = replace(examined, answerer=make_assistant(base, settings))
        rows = list(run(tasks([suite], ["ok"], 2)[:2], asking, jobs=2))
        seeds = {request["options"]["seed"] for request in server.requests}
    assert [row.status for row in rows] == ["pass", "pass"]
    assert seeds == {FIRST, FIRST + 1}
    assert all((row.metrics["input_tokens"] or 0) > 0 and (row.metrics["output_tokens"] or 0) > 0 for row in rows)
    (extracted,) = run(tasks([suite], ["extractive"], 1)[:1], examined, jobs=1)
    assert (extracted.metrics["output_tokens"], extracted.metrics["cost_usd"]) == (0.0, 0.0)


def test_in_a_conversation_the_turns_before_are_answered_first(suite: Suite, examined: Examiner) -> None:
    asked: list[Question] = []

    class Listening:
        def events(self, question: Question, model: str | None = None) -> Iterator[Event]:
            """The sound answerer's, with a note of what was asked."""
            asked.append(question)
            yield from examined.answerer.events(question, model)

    turns = {"question": None, "turns": ("What is bread baked from?", "And at how many degrees is tea brewed?")}
    talk = suite.model_copy(update={"cases": (suite.cases[1].model_copy(update=turns),)})
    (row,) = run(tasks([talk], ["extractive"], 1), replace(examined, answerer=Listening()), jobs=1)
    assert row.status == "pass"
    assert [turn.role for turn in asked[-1].history] == ["user", "assistant"]
    assert asked[-1].history[1].content.startswith("Bread is baked from flour, water and salt.")


def test_a_base_that_another_version_left_behind_is_made_anew(
    suite: Suite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings: dict[str, Setting] = {setting.name: setting for setting in ASSISTANT}
    settings |= {
        "data_dir": Setting("data_dir", str(tmp_path / "d"), ""),
        "embedder": Setting("embedder", "hashing", ""),
    }
    for chunker in ("older", "newer"):
        monkeypatch.setattr("knowledge.wiring.CHUNKER", chunker)
        with examining(settings, suite.knowledge) as examined:
            rows = run(tasks([suite], ["extractive"], 1), examined, jobs=1)
            assert [row.status for row in rows] == ["pass"] * 3


class Narrow:
    """An answerer whose server takes ``room`` questions at a time and turns the others away, which are counted."""

    def __init__(self, inner: Answerer, room: int) -> None:
        self.inner, self.room, self.here, self.turned = inner, room, 0, 0
        self.lock, self.together = Lock(), Barrier(4)

    def events(self, question: Question, model: str | None = None) -> Iterator[Event]:
        """The inner one's, where there is room."""
        with self.lock:
            self.here += 1
        with suppress(BrokenBarrierError):
            self.together.wait(0.2)  # until four are here, or no more come
        with self.lock:
            full = self.here > self.room
            self.turned += full
        try:
            if full:
                raise DependencyDown("busy", "wait")
            yield from self.inner.events(question, model)
        finally:
            with self.lock:
                self.here -= 1


def test_what_a_server_turns_away_is_asked_again_alone_and_fewer_go_together_from_then_on(
    suite: Suite, examined: Examiner
) -> None:
    narrow = Narrow(examined.answerer, room=2)
    rows = list(run(tasks([suite], ["extractive"], 4), replace(examined, answerer=narrow), jobs=4))
    assert {row.status for row in rows} == {"pass"}
    assert 1 <= narrow.turned <= 4  # of the first batch alone
