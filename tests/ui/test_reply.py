"""One turn of the chat page without a browser: its end, whatever ends it."""

from typing import Any

import pytest

from assistant.chain import Assistant
from tests.ui.conftest import Bakery, service_over
from tests.ui.test_openai import Breaking
from ui.pages.conversation import Talk, reply
from ui.pages.messages import panel
from ui.pages.words import words
from ui.server.service import Service

QUESTION = "What is bread baked from?"


def test_a_bug_ends_the_turn_with_an_id_that_stands_in_the_log(
    bakery: Bakery, caplog: pytest.LogCaptureFixture
) -> None:
    broken: Any = Breaking(bakery.knowledge)
    *_, last = reply(Service(bakery.knowledge, broken), QUESTION, Talk())
    assert (last.text, last.problem) == ("Bread is", "something went wrong here")
    assert last.remedy.rpartition(": ")[2] in caplog.text
    assert "secret" not in last.remedy


def test_the_assistant_learns_whose_budget_it_is(bakery: Bakery) -> None:
    class Asked:
        """Notes for whom it answers."""

        def __init__(self, inner: Assistant) -> None:
            self.inner, self.visitors = inner, list[str]()

        def events(self, question: Any, model: Any, stop: Any, visitor: str) -> Any:
            """As the real one."""
            self.visitors.append(visitor)
            return self.inner.events(question, model, stop, visitor)

    service = service_over(bakery.knowledge)
    asked: Any = Asked(service.assistant)
    *_, last = reply(Service(bakery.knowledge, asked), QUESTION, Talk(), visitor="k" * 32)
    assert asked.visitors == ["k" * 32]
    assert last.answer
    assert last.answer.answered


@pytest.mark.parametrize("question", ["Hello!", "Who won the football match in 1974?"])
def test_beside_a_greeting_or_nearest_articles_the_panel_does_not_say_that_nothing_is_near(
    bakery: Bakery, question: str
) -> None:
    *_, last = reply(service_over(bakery.knowledge), question, Talk())
    assert last.answer
    assert not last.answer.answered
    assert "The passages behind an answer appear here" in panel(last, words("en"))
