"""What goes wrong in a turn is said in the visitor's language, and again in the one they change to."""

import asyncio
import re
from typing import get_args

import pytest

from assistant.question import MAX_CHARACTERS
from knowledge.errors import DependencyDown, FootnoteError, Kind, UsageError
from tests.ui.conftest import Bakery, service_over
from ui.pages.conversation import Entry, Talk, reply
from ui.pages.messages import Site, trouble, turn
from ui.pages.troubles import told
from ui.pages.words import LANGUAGES, words
from ui.server import problems
from ui.server.http_error import HttpError
from ui.server.problem_json import Problem


def asked(bakery: Bakery, question: str) -> Entry:
    """The turn of a question that is none."""

    async def shown() -> list[Entry]:
        return [entry async for entry in reply(service_over(bakery.knowledge), question, Talk())]

    return asyncio.run(shown())[-1]


@pytest.mark.parametrize(
    ("question", "english", "dutch"),
    [
        (" ", "There is no question.", "Er staat geen vraag."),
        ("🎉🎉", "There is no word in that question.", "Er staat geen woord in die vraag."),
        ("x" * (MAX_CHARACTERS + 1), "at most 2000 characters are read", "er worden hooguit 2000 tekens gelezen"),
    ],
)
def test_a_question_that_is_none_is_told_in_the_language_of_the_page(
    bakery: Bakery, question: str, english: str, dutch: str
) -> None:
    entry = asked(bakery, question)
    assert english in str(turn(entry, Site(2), words("en")))
    assert dutch in str(turn(entry, Site(2), words("nl")))
    assert dutch in trouble(entry, words("nl"))


def test_what_is_stopped_is_told_in_another_language_too() -> None:
    entry = Entry("Why?", text="Because", stopped=True)
    assert "Stopped." in str(turn(entry, Site(2), words("en")))
    assert "Gestopt." in str(turn(entry, Site(2), words("nl")))


@pytest.mark.parametrize(
    ("error", "dutch"),
    [
        (HttpError(429, "too often", "later", 7, "too_often"), ("Te veel vragen in korte tijd.", "over 7 seconden")),
        (DependencyDown("no model", "start one"), ("De assistent kan nu niet antwoorden.", "no model; start one")),
        (ValueError("a secret"), ("Er ging hier iets mis.", "dit nummer: ")),
    ],
)
def test_an_error_is_told_with_its_seconds_reason_or_number(error: Exception, dutch: tuple[str, str]) -> None:
    title, remedy = told(problems.of(error), words("nl"))
    assert title == dutch[0]
    assert dutch[1] in remedy
    assert "secret" not in title + remedy


def test_what_has_no_words_is_told_as_the_server_tells_it() -> None:
    error: FootnoteError = UsageError("the model 'x' cannot be asked for here", "one of a, b")
    assert told(problems.of(error), words("nl")) == (str(error), error.hint)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", sorted(set(get_args(Kind)) - {"", "foreign_page"}))  # no page of ours is foreign
def test_every_kind_has_its_words_and_nothing_is_left_open(kind: Kind, language: str) -> None:
    title, remedy = told(Problem(500, "title", "detail", 3, kind), words(language))
    assert "title" not in title
    assert remedy
    assert not re.search(r"[{}]", title + remedy)
