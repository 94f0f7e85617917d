"""``window.Footnote`` and the element: queue, methods, events, options, consent, deleting, leaving nothing behind."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.ui.api_standin import ANSWER, ApiStandIn, answer, done, event
from tests.ui.chromium import in_browser
from tests.ui.host_page import HostPage, ask, opened, shadow

pytestmark = in_browser

LISTEN = """<script>
window.heard = [];
const names = "ready open close question suggestion sources answer refusal citation feedback copy stop error reset";
for (const name of names.split(" "))
  document.addEventListener("footnote:" + name, event => heard.push([name, event.detail]));
</script>"""


@pytest.fixture
def page(browser: Browser, foreign: HostPage, api: ApiStandIn) -> Iterator[Page]:
    """A tab; the host page listens to every event."""
    foreign.head, foreign.html, foreign.policy = LISTEN, 'lang="en"', ""
    foreign.carry(api.url)
    context = browser.new_context(viewport={"width": 1280, "height": 844}, permissions=["clipboard-write"])
    yield context.new_page()
    context.close()


def go(page: Page, foreign: HostPage) -> None:
    page.goto(foreign.url)
    page.wait_for_function("window.heard.some(([name]) => name === 'ready')", timeout=15_000)


def heard(page: Page) -> list[str]:
    names: list[str] = page.evaluate("window.heard.map(([name]) => name)")
    return names


def details(page: Page, name: str) -> dict[str, Any]:
    found: dict[str, Any] = page.evaluate(f"window.heard.findLast(([name]) => name === '{name}')[1]")
    return found


def test_calls_made_before_the_loader_came_are_made_in_order(page: Page, foreign: HostPage, api: ApiStandIn) -> None:
    foreign.head += """<script>window.Footnote = window.Footnote || [];
      Footnote.push(["on", "open", () => heard.push(["own", {}])]);
      Footnote.push(["ask", "Queued?"]); Footnote.push(["constructor"]); Footnote.push("open");</script>"""
    go(page, foreign)
    expect(page.locator("footnote-chat .tools")).to_be_visible(timeout=15_000)
    assert api.questions() == ["Queued?"]
    assert "own" in heard(page)


def test_a_greeting_is_announced_as_itself_and_is_no_refusal(page: Page, foreign: HostPage, api: ApiStandIn) -> None:
    api.script = lambda asked: [done("Hello! Ask me something.", [], answered=False)]
    go(page, foreign)
    page.evaluate("Footnote.ask('hi')")
    message = page.locator("footnote-chat .message")
    expect(message).to_have_attribute("data-state", "replied")
    expect(page.locator("footnote-chat [role=status]")).to_have_text("Hello! Ask me something.")
    assert "refusal" not in heard(page)
    assert message.locator("ul, .tools, .problem").count() == 0


def test_events_carry_ids_and_no_text(page: Page, foreign: HostPage, api: ApiStandIn) -> None:
    go(page, foreign)
    opened(page)
    page.locator("footnote-chat .suggestion").first.click()
    message = page.locator("footnote-chat .message")
    expect(message.locator(".tools")).to_be_visible(timeout=15_000)
    message.locator(".pill").click()
    page.locator("footnote-chat .question").click()
    expect(message.locator(".card")).to_be_hidden()
    page.get_by_role("button", name="Copy answer").click()
    page.get_by_role("button", name="Helpful", exact=True).click()
    page.wait_for_function("window.heard.some(([name]) => name === 'feedback')")
    page.get_by_role("button", name="New conversation").click()
    page.keyboard.press("Escape")
    first = ["ready", "open", "suggestion", "question", "sources", "answer"]
    assert heard(page) == [*first, "citation", "copy", "feedback", "reset", "close"]
    assert details(page, "answer") == {"trace_id": "a1", "articles": ["open"]}
    assert details(page, "citation") == {"n": 1, "article_id": "open", "trace_id": "a1"}
    assert details(page, "feedback") == {"trace_id": "a1", "rating": "up", "reason": ""}
    said = page.evaluate("JSON.stringify(window.heard)")
    assert "What is this?" not in said
    assert ANSWER not in said


def test_events_carry_texts_where_the_site_wants_them(page: Page, foreign: HostPage, api: ApiStandIn) -> None:
    foreign.carry(api.url, events="full")
    go(page, foreign)
    opened(page)
    ask(page, "Full?")
    assert details(page, "answer")["answer"] == ANSWER
    assert details(page, "question")["question"] == "Full?"


def test_the_methods_do_what_they_say(page: Page, foreign: HostPage, api: ApiStandIn) -> None:
    go(page, foreign)
    panel = page.locator("footnote-chat .panel")
    page.evaluate("window.Footnote.open({question: 'Prefilled'})")
    expect(page.locator("footnote-chat .input")).to_have_value("Prefilled")
    assert api.questions() == []
    page.evaluate("window.Footnote.close()")
    expect(panel).to_be_hidden()
    page.evaluate("window.Footnote.toggle()")
    expect(panel).to_be_visible()
    page.evaluate("window.Footnote.ask('Asked?')")
    expect(page.locator("footnote-chat .tools")).to_be_visible()
    page.evaluate("window.Footnote.set({title: 'Our <i>help</i>', position: 'left'})")
    expect(page.locator("footnote-chat h2")).to_have_text("Our <i>help</i>")
    assert shadow(page, "root.querySelector('.panel').getBoundingClientRect().x") < 100
    page.evaluate("window.Footnote.reset()")
    expect(page.locator("footnote-chat .question")).to_have_count(0)
    page.evaluate("() => { Footnote.on('open', () => window.again = 1)(); Footnote.close(); Footnote.open(); }")
    expect(panel).to_be_visible()
    assert page.evaluate("window.again ?? null") is None


def test_destroy_leaves_nothing_and_the_tag_starts_anew(page: Page, foreign: HostPage, api: ApiStandIn) -> None:
    foreign.carry(api.url, mode="panel", push="article", shortcut="ctrl+k", open_on="article")
    go(page, foreign)
    opened(page)
    assert page.evaluate("document.querySelector('article').style.marginRight") == "400px"
    before = page.evaluate("document.documentElement.outerHTML.length")
    page.evaluate("window.Footnote.destroy()")
    assert page.locator("footnote-chat").count() == 0
    assert page.evaluate("'Footnote' in window") is False
    assert page.evaluate("document.querySelector('article').hasAttribute('style')") is False
    assert page.evaluate("document.querySelectorAll('script[src*=panel]').length") == 0
    assert page.evaluate("document.documentElement.outerHTML.length") < before
    page.keyboard.press("Control+k")
    page.locator("article h1").click()
    page.evaluate("dispatchEvent(new Event('resize'))")
    assert page.locator("footnote-chat").count() == 0
    again = "src => { const tag = document.createElement('script'); tag.dataset.site = 'docs'; tag.src = src; "
    page.evaluate(again + "document.body.append(tag) }", api.url + "/widget/v1/loader.js")
    expect(page.locator("footnote-chat .launcher")).to_be_visible()
    opened(page)


def test_a_click_on_the_pages_own_button_and_a_shortcut_open_it(page: Page, foreign: HostPage, api: ApiStandIn) -> None:
    foreign.carry(api.url, open_on=".help", shortcut="ctrl+k")
    foreign.body += '<a class="help" href="/elsewhere"><b>Help</b></a><input id="search">'
    go(page, foreign)
    page.locator(".help b").click()
    expect(page.locator("footnote-chat .panel")).to_be_visible(timeout=15_000)
    assert page.url.rstrip("/") == foreign.url
    page.keyboard.press("Control+k")
    expect(page.locator("footnote-chat .panel")).to_be_hidden()
    page.locator("#search").focus()
    page.keyboard.press("k")
    expect(page.locator("footnote-chat .panel")).to_be_hidden()


def test_typing_does_not_set_off_the_pages_own_shortcuts(page: Page, foreign: HostPage, api: ApiStandIn) -> None:
    foreign.head += "<script>window.hit = []; for (const kind of ['keydown', 'keyup', 'keypress']) "
    foreign.head += "document.addEventListener(kind, event => hit.push(event.key));</script>"
    go(page, foreign)
    opened(page)
    page.evaluate("window.hit.length = 0")
    page.keyboard.type("s/?")
    assert page.evaluate("window.hit") == []


def test_it_stays_away_from_the_paths_it_is_told(page: Page, foreign: HostPage, api: ApiStandIn) -> None:
    foreign.carry(api.url, hide_on="/checkout/*|/login")
    page.goto(foreign.url + "/checkout/pay")
    expect(page.locator("footnote-chat")).to_be_attached()
    expect(page.locator("footnote-chat .launcher")).to_be_hidden()
    page.evaluate("history.pushState({}, '', '/articles')")
    expect(page.locator("footnote-chat .launcher")).to_be_visible()
    page.evaluate("history.pushState({}, '', '/login')")
    expect(page.locator("footnote-chat .launcher")).to_be_hidden()


def test_nothing_is_sent_or_kept_before_the_visitor_agrees(page: Page, foreign: HostPage, api: ApiStandIn) -> None:
    foreign.carry(api.url, consent="required")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/api/" in request.url else None)
    go(page, foreign)
    page.evaluate("window.Footnote.ask('Already?')")
    expect(page.locator("footnote-chat .consent")).to_be_visible(timeout=15_000)
    page.wait_for_timeout(200)
    assert asked == []
    assert page.evaluate("sessionStorage.length + localStorage.length") == 0
    page.get_by_role("button", name="Agree and continue").click()
    expect(page.locator("footnote-chat .input")).to_have_value("Already?")
    page.keyboard.press("Enter")
    expect(page.locator("footnote-chat .tools")).to_be_visible()


def test_deleting_deletes_here_and_on_the_server_also_what_was_said_before(
    page: Page, foreign: HostPage, api: ApiStandIn
) -> None:
    go(page, foreign)
    opened(page)
    ask(page, "One?")
    page.get_by_role("button", name="New conversation").click()
    api.script = lambda asked: [*answer()[:-1], done(trace_id="a2")]
    ask(page, "Two?")
    page.get_by_role("button", name="Delete conversation").click()
    expect(page.locator("footnote-chat .notice")).to_have_text("Conversation deleted, here and on the server.")
    assert ("/api/forget", {"trace_ids": ["a1", "a2"]}) in api.asked
    assert page.evaluate("sessionStorage.length") == 0
    expect(page.locator("footnote-chat .question")).to_have_count(0)


@pytest.mark.parametrize(("persist", "kept"), [("session", [1, 0]), ("local", [0, 1]), ("none", [0, 0])])
def test_the_conversation_is_kept_where_the_site_says(
    page: Page, foreign: HostPage, api: ApiStandIn, persist: str, kept: list[int]
) -> None:
    foreign.carry(api.url, persist=persist)
    go(page, foreign)
    opened(page)
    ask(page)
    assert page.evaluate("[sessionStorage.length, localStorage.length]") == kept


def test_what_is_older_than_its_time_is_forgotten(page: Page, foreign: HostPage) -> None:
    go(page, foreign)
    opened(page)
    ask(page)
    page.evaluate("() => { const [key] = Object.keys(sessionStorage); "
                  "sessionStorage[key] = sessionStorage[key].replace(/\"until\":\\d+/, '\"until\":1') }")  # fmt: skip
    page.reload()
    opened(page)
    assert page.locator("footnote-chat .question").count() == 0


def test_a_writer_that_failed_half_way_is_replaced(page: Page, foreign: HostPage, api: ApiStandIn) -> None:
    note = "The language model did not answer."
    api.script = lambda asked: [*answer()[:3], event("delta", text="Wrong start"), done(note=note)]
    go(page, foreign)
    opened(page)
    message = ask(page)
    expect(message.locator(".answer")).to_have_text("Data stays at home. 1")
    expect(message.locator(".writer")).to_contain_text(note)


def test_a_closed_model_is_named_and_that_the_question_left(page: Page, foreign: HostPage, api: ApiStandIn) -> None:
    model = {"kind": "closed", "name": "big-model"}
    api.script = lambda asked: [*answer()[:-1], done(model=model, left_environment=True)]
    go(page, foreign)
    opened(page)
    expect(ask(page).locator(".writer")).to_have_text("Written by big-model · the question went to an outside service")
