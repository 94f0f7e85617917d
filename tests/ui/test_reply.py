"""One turn of the chat page without a browser: its end, whatever ends it."""

import asyncio
from typing import Any

import pytest

from assistant.chain import Assistant
from tests.ui.conftest import Bakery, service_over
from tests.ui.test_openai import Breaking
from ui.pages.conversation import Entry, Talk, reply
from ui.pages.messages import Site, panel, turn
from ui.pages.words import words
from ui.server.line import Line
from ui.server.service import Service

QUESTION = "What is bread baked from?"


def last_of(service: Service, question: str, client: str = "") -> Entry:
    """The turn as it was shown last."""

    async def shown() -> list[Entry]:
        return [entry async for entry in reply(service, question, Talk(), client)]

    return asyncio.run(shown())[-1]


def test_a_bug_ends_the_turn_with_an_id_that_stands_in_the_log(
    bakery: Bakery, caplog: pytest.LogCaptureFixture
) -> None:
    broken: Any = Breaking(bakery.knowledge)
    last = last_of(Service(bakery.knowledge, broken), QUESTION)
    assert last.problem
    assert last.problem.trace_id in caplog.text
    shown = str(turn(last, Site(2), words("en")))
    assert "Bread is" in shown
    assert f"tell the site’s owner this number: {last.problem.trace_id}" in shown
    assert "secret" not in shown


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
    last = last_of(Service(bakery.knowledge, asked), QUESTION, "192.0.2.7")
    assert asked.visitors == ["192.0.2.7"]
    assert last.answer
    assert last.answer.answered


def test_an_answer_on_the_page_is_counted_as_any_other(bakery: Bakery) -> None:
    service = service_over(bakery.knowledge)
    last_of(service, QUESTION)
    assert 'footnote_answers_total{kind="extractive",outcome="answered"} 1.0' in service.metrics.shown().decode()


def test_the_page_stands_in_the_line_of_all(bakery: Bakery) -> None:
    service = service_over(bakery.knowledge, line=Line(at_once=1, waiting=0))
    with service.line.ticket("somebody"):
        last = last_of(service, QUESTION)
    shown = str(turn(last, Site(2), words("en")))
    assert "Too many people are asking at once." in shown
    assert "Try again in 5 seconds." in shown
    assert service.line.lengths == (0, 0)


def test_a_refusal_names_the_way_to_a_person_where_the_owner_gave_one(bakery: Bakery) -> None:
    service = service_over(bakery.knowledge)
    refused, greeting = last_of(service, "Who won the football match in 1974?"), last_of(service, "Hello!")
    contact = Site(2, "mailto:help@site.example")
    assert 'href="mailto:help@site.example"' in str(turn(refused, contact, words("en")))
    assert "mailto" not in str(turn(greeting, contact, words("en")))
    assert "mailto" not in str(turn(refused, Site(2), words("en")))


@pytest.mark.parametrize("question", ["Hello!", "Who won the football match in 1974?"])
def test_beside_a_greeting_or_nearest_articles_the_panel_does_not_say_that_nothing_is_near(
    bakery: Bakery, question: str
) -> None:
    last = last_of(service_over(bakery.knowledge), question)
    assert last.answer
    assert not last.answer.answered
    assert "The passages behind an answer appear here" in panel(last, words("en"))
