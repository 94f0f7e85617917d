"""The widget through a network that fails and a server that says no. Answers are scripted, the rest is real."""

from itertools import chain, repeat
from threading import Event

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.ui.api_standin import ApiStandIn, answer, event
from tests.ui.chromium import in_browser
from tests.ui.conftest import Goto
from tests.ui.host_page import HostPage, opened

pytestmark = in_browser


def test_offline_is_said_and_the_question_goes_out_when_back(goto: Goto, page: Page, api: ApiStandIn) -> None:
    goto()
    opened(page)
    context: BrowserContext = page.context
    context.set_offline(True)
    expect(page.locator("footnote-chat .notice")).to_have_text("You are offline. Try again when you are back.")
    page.locator("footnote-chat .input").fill("Are you there?")
    page.keyboard.press("Enter")
    expect(page.locator("footnote-chat .problem")).to_contain_text("You are offline")
    context.set_offline(False)
    expect(page.locator("footnote-chat .notice")).to_have_text("You are online again.")
    page.get_by_role("button", name="Try again").click()
    expect(page.locator("footnote-chat .pill")).to_have_count(1)
    assert api.questions() == ["Are you there?"]
    expect(page.locator("footnote-chat .problem")).to_have_count(0)


def test_a_server_restarted_mid_stream_leaves_the_text_marked_and_retry_replaces_it(
    goto: Goto, page: Page, api: ApiStandIn
) -> None:
    goto()
    api.script = lambda asked: [*answer()[:3], event("delta", text="Half of an ans"), None]
    opened(page)
    page.locator("footnote-chat .input").fill("Will it hold?")
    page.keyboard.press("Enter")
    message = page.locator("footnote-chat .message")
    expect(message.locator(".problem")).to_have_text("The connection broke off. This answer is incomplete.")
    expect(message.locator(".answer")).to_have_text("Half of an ans")
    api.stop()
    message.get_by_role("button", name="Try again").click()
    expect(message.locator(".problem")).to_have_text("The assistant cannot be reached right now.")
    with ApiStandIn(api.port):
        message.get_by_role("button", name="Try again").click()
        expect(message.locator(".answer")).to_have_text("Data stays at home. 1")
    expect(page.locator("footnote-chat .message")).to_have_count(1)


def test_stop_ends_the_stream_on_both_sides_and_keeps_the_text(goto: Goto, page: Page, api: ApiStandIn) -> None:
    goto()
    held = Event()
    more = repeat(event("delta", text=" more"))  # a few would fit into the socket of a client that has left
    api.script = lambda asked: chain(answer()[:3], [event("delta", text="So far"), held], more)
    opened(page)
    page.locator("footnote-chat .input").fill("Long?")
    page.keyboard.press("Enter")
    expect(page.locator("footnote-chat .answer")).to_have_text("So far")
    page.get_by_role("button", name="Stop").click()
    expect(page.locator("footnote-chat .problem")).to_have_text("Stopped.")
    held.set()
    assert api.left.wait(10)
    expect(page.locator("footnote-chat .answer")).to_have_text("So far")
    expect(page.get_by_role("button", name="Send")).to_be_visible()


def test_too_many_questions_are_told_with_the_time_to_wait(goto: Goto, page: Page, api: ApiStandIn) -> None:
    goto()
    opened(page)
    api.status, api.headers = 429, {"Retry-After": "7"}
    page.locator("footnote-chat .input").fill("Again?")
    page.keyboard.press("Enter")
    expect(page.locator("footnote-chat .problem")).to_contain_text("Try again in 7 seconds")


@pytest.mark.parametrize(
    ("status", "kind", "dutch"),
    [
        (429, "too_often", "Er zijn nu te veel vragen. Probeer het over 7 seconden opnieuw."),
        (503, "full_line", "Er zijn nu te veel vragen. Probeer het over 7 seconden opnieuw."),
        (422, "long_question", "Die vraag is te lang. Maak hem korter."),
        (422, "no_words", "Er staat geen woord in die vraag. Vraag het in woorden."),
        (503, "not_ready", "De assistent is nu niet bereikbaar."),
        (422, "", "no - later"),
    ],
)
def test_what_the_server_says_no_with_is_told_in_the_language_of_the_page(
    goto: Goto, foreign: HostPage, api: ApiStandIn, status: int, kind: str, dutch: str
) -> None:
    foreign.html = 'lang="nl"'
    api.status, api.headers, api.problem = status, {"Retry-After": "7"}, api.problem | {"kind": kind}
    page = goto()
    opened(page)
    page.locator("footnote-chat .input").fill("🎉")
    page.keyboard.press("Enter")
    expect(page.locator("footnote-chat .problem")).to_have_text(dutch)


def test_an_error_in_the_stream_is_told_in_the_language_of_the_page(
    goto: Goto, foreign: HostPage, api: ApiStandIn
) -> None:
    foreign.html = 'lang="nl"'
    api.script = lambda asked: [event("error", error="something went wrong here", status=500, kind="bug")]
    page = goto()
    opened(page)
    page.locator("footnote-chat .input").fill("Why?")
    page.keyboard.press("Enter")
    expect(page.locator("footnote-chat .problem")).to_have_text("De assistent is nu niet bereikbaar.")
