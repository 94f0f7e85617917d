"""The chat page's handlers without a browser: what stays in the store, whatever comes of a retry."""

import asyncio
import re
from collections import Counter
from collections.abc import AsyncIterator
from types import SimpleNamespace
from typing import Any

import pytest

from assistant.answer import Answer
from tests.ui.conftest import Bakery, service_over
from ui.pages import chat
from ui.pages.asking import Asking
from ui.pages.conversation import Talk
from ui.pages.shown import Shown, Visit
from ui.pages.thumbs import Thumbs
from ui.server.line import Line
from ui.server.service import Service
from ui.server.starters import Starters

OWNER = "k" * 43
QUESTION = "What is bread baked from?"
ASKER: Any = SimpleNamespace(session_hash="a-page", client=SimpleNamespace(host="192.0.2.7"))


@pytest.fixture(scope="module")
def served(bakery: Bakery) -> tuple[Asking, Service]:
    """The handlers of a page, and the service behind them."""
    service = service_over(bakery.knowledge, line=Line(at_once=1, waiting=0))
    _, parts = chat._layout()
    return Asking(Shown(parts, service, Starters(service, ""))), service


def carry_out(updates: AsyncIterator[Any]) -> None:
    """Until the last of them."""

    async def run() -> None:
        async for _ in updates:
            pass

    asyncio.run(run())


def stored(service: Service, talk: Talk) -> list[str]:
    """The questions of the conversation as it is kept."""
    return [turn.answer.question for turn in service.conversations.turns(OWNER, talk.conversation_id or "")]


def counted(service: Service) -> Counter[str]:
    """The ratings that the owner's metrics have."""
    found = re.findall(r'footnote_feedback_total{rating="(\w+)"} (\d+)', service.metrics.shown().decode())
    return Counter({name: int(times) for name, times in found})


def test_a_retry_takes_the_place_of_what_it_repeats_only_once_it_is_answered(served: tuple[Asking, Service]) -> None:
    page, service = served
    there = Visit(OWNER, "en", Talk())
    carry_out(page.ask(QUESTION, there, ASKER))
    assert stored(service, there.talk) == [QUESTION]
    with service.line.ticket("somebody"):
        carry_out(page.ask_again(0, "What is salt for?", there, ASKER))
    problem = there.talk.entries[-1].problem
    assert problem
    assert problem.kind == "full_line"
    assert stored(service, there.talk) == [QUESTION]
    carry_out(page.ask_again(0, "How is bread baked?", there, ASKER))
    assert stored(service, there.talk) == ["How is bread baked?"]


def answered(page: Asking) -> tuple[Visit, Answer]:
    """A visit in which the question was asked, and its answer."""
    there = Visit(OWNER, "en", Talk())
    carry_out(page.ask(QUESTION, there, ASKER))
    answer = there.talk.entries[-1].answer
    assert answer
    return there, answer


def test_an_answer_can_be_rated_as_soon_as_it_is_shown_as_finished(served: tuple[Asking, Service]) -> None:
    page, service = served
    there, answer = answered(page)
    Thumbs(page.shown).rated(1, True, there)
    rating = service.feedback.find(answer.trace_id)
    assert rating
    assert rating.rating == "up"


def test_a_thumb_is_counted_once_its_reason_given_later_is_none(served: tuple[Asking, Service]) -> None:
    page, service = served
    there, answer = answered(page)
    before = counted(service)
    thumbs = Thumbs(page.shown)
    thumbs.rated(1, False, there)
    thumbs.explained(answer.trace_id, "wrong", "", there.talk, {}, None, "en")
    thumbs.unrated(answer.trace_id, there.talk, {}, None, "en")
    assert counted(service) - before == Counter(down=1, none=1)
    assert service.feedback.find(answer.trace_id) is None
