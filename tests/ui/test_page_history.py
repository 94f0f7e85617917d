"""Conversations on the chat page: kept over a restart, found, renamed, deleted; two tabs; limits."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from assistant.feedback import Feedback
from assistant.traces import Traces
from knowledge.wiring import Knowledge
from tests.ui.chromium import answered, ask, in_browser, opened_side
from tests.ui.conftest import service_over, until
from ui.pages import chat
from ui.server.application import make_app, serving
from ui.server.http_server import HttpServer
from ui.server.listener import bind
from ui.server.visitors import Visitors

pytestmark = in_browser

ANSWERED = "What is a token?"


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(locale="en-GB")
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext, site: str) -> Page:
    return arrived(context.new_page(), site)


def arrived(page: Page, url: str) -> Page:
    page.goto(url)
    expect(page.locator("#fn-starters button").first).to_be_visible(timeout=30_000)
    return page


def titles(page: Page) -> list[str]:
    return page.locator("#fn-history label").all_inner_texts()


def test_kept_found_renamed_saved_and_deleted(page: Page, context: BrowserContext, site: str, tmp_path: Path) -> None:
    ask(page, ANSWERED)
    answered(page)
    page.locator("#fn-new").click()
    expect(page.locator("#fn-chat .user-row")).to_have_count(0)
    ask(page, "Why would I pick an open model?")
    answered(page)
    page = arrived(page, site)
    opened_side(page)
    assert titles(page) == ["Why would I pick an open model?", ANSWERED]
    page.locator("#fn-find textarea, #fn-find input").fill("TOKEN")
    expect(page.locator("#fn-history label")).to_have_count(1)
    page.locator("#fn-history label").click()
    expect(page.locator("#fn-chat .user-row")).to_contain_text(ANSWERED)
    expect(page.locator(".fn-badge")).to_be_visible()
    page.locator("#fn-title textarea, #fn-title input").fill("About tokens")
    page.locator("#fn-rename").click()
    expect(page.locator("#fn-history label", has_text="About tokens")).to_be_visible()
    for kind, begins in (("markdown", "# About tokens"), ("json", "{")):
        with page.expect_download() as saved:
            page.locator(f"#fn-{kind}").click()
        file = tmp_path / saved.value.suggested_filename
        saved.value.save_as(file)
        assert file.read_text(encoding="utf-8").startswith(begins)
    assert json.loads(file.read_text(encoding="utf-8"))["turns"][0]["answer"]["question"] == ANSWERED
    page.locator("#fn-delete").click()
    expect(page.locator("#fn-history label")).to_have_count(1)
    expect(page.locator("#fn-chat .user-row")).to_have_count(0)
    page.locator("#fn-delete-all").click()
    page.locator("#fn-keep").click()
    expect(page.locator("#fn-history label")).to_have_count(1)
    page.locator("#fn-delete-all").click()
    page.locator("#fn-sure").click()
    expect(page.locator("#fn-history label")).to_have_count(0)


def test_a_follow_up_a_retry_and_an_edit_change_what_is_kept(page: Page, bundled_base: Knowledge) -> None:
    traces = Traces(bundled_base.catalogue.engine, 30)
    ask(page, "Why would I pick an open model?")
    answered(page)
    page.locator("#fn-chat .option").first.click()
    answered(page, 2)
    latest = list(traces.since())[-1].trace_id
    page.locator('#fn-chat [aria-label="Retry"]').last.click()
    until(lambda: traces.find(latest) is None)
    answered(page, 2)
    page.wait_for_timeout(500)
    page.locator('#fn-chat [aria-label="Edit"]').first.click()
    page.locator("#fn-chat textarea").fill(ANSWERED)
    page.locator('#fn-chat [aria-label="Submit"]').click()
    expect(page.locator("#fn-chat .user-row")).to_have_count(1)
    answered(page)
    expect(page.locator("#fn-chat .user-row")).to_contain_text(ANSWERED)
    expect(page.locator("#fn-history label")).to_have_count(1)


def test_a_rating_is_kept_with_its_reason_and_taken_back(page: Page, bundled_base: Knowledge) -> None:
    feedback = Feedback(bundled_base.catalogue.engine)
    before = {one.trace_id for one in feedback.since()}
    ask(page, ANSWERED)
    answered(page)
    page.locator('#fn-chat [aria-label="Dislike"]').last.click()
    page.locator("#fn-reason label", has_text="Out of date").click()
    page.locator("#fn-note textarea, #fn-note input").fill("Ask me@site.example")
    page.locator("#fn-submit").click()
    expect(page.locator(".fn-said")).to_have_text("Thank you.")
    (kept,) = [one for one in feedback.since() if one.trace_id not in before]
    assert (kept.rating, kept.reason, kept.note) == ("down", "outdated", "Ask [email]")
    page.locator('#fn-chat [aria-label="Disliked"]').last.click()
    until(lambda: not feedback.find(kept.trace_id))
    page.locator('#fn-chat [aria-label="Like"]').last.click()
    expect(page.locator('#fn-chat [aria-label="Liked"]')).to_be_visible()
    until(lambda: (found := feedback.find(kept.trace_id)) and found.rating == "up")


def test_two_tabs_have_a_conversation_each(context: BrowserContext, site: str) -> None:
    first, second = arrived(context.new_page(), site), arrived(context.new_page(), site)
    ask(first, ANSWERED)
    ask(second, "Why would I pick an open model?")
    answered(first)
    answered(second)
    ask(first, "And why is that?")
    answered(first, 2)
    opened_side(arrived(second, site))
    assert sorted(titles(second)) == [ANSWERED, "Why would I pick an open model?"]
    stranger = arrived(context.browser.new_page(), site) if context.browser else second
    assert titles(stranger) == []


def test_the_page_is_rate_limited_and_says_when_to_come_back(context: BrowserContext, bundled_base: Knowledge) -> None:
    service = service_over(bundled_base, visitors=Visitors(per_visitor=1))
    service.warm()
    with serving(service) as url:
        page = arrived(context.new_page(), url)
        ask(page, ANSWERED)
        answered(page)
        ask(page, "And another?")
        answered(page, 2)
        expect(page.locator(".fn-refusal")).to_contain_text("Too many questions")
        expect(page.locator(".fn-refusal")).to_contain_text("Try again in")


@contextmanager
def server(knowledge: Knowledge, port: int) -> Iterator[int]:
    """A server in this process on a port that can be had again."""
    import threading
    import time

    service = service_over(knowledge)
    service.warm()
    with bind("127.0.0.1", port) as listener:
        app = chat.mount(make_app(service), service)
        running = HttpServer(app, lambda: app)
        thread = threading.Thread(target=running.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        while not running.started:
            time.sleep(0.05)
        yield listener.getsockname()[1]
        running.should_exit = True
        thread.join(20)


def test_a_page_that_was_open_over_a_restart_keeps_the_conversation_and_what_was_typed(
    context: BrowserContext, bundled_base: Knowledge
) -> None:
    page = context.new_page()
    with server(bundled_base, 0) as port:
        arrived(page, f"http://127.0.0.1:{port}")
        ask(page, ANSWERED)
        answered(page)
    ask(page, "What is a token?")
    expect(page.locator(".toast-body").first).to_be_visible()
    page.evaluate("window.before = true")
    with server(bundled_base, port):
        page.wait_for_function("!window.before", timeout=60_000)
        expect(page.locator("#fn-message textarea")).to_have_value("What is a token?", timeout=30_000)
        page.locator("#fn-message button.submit-button").click()
        answered(page, 2)


def test_after_a_restart_a_conversation_goes_on(context: BrowserContext, bundled_base: Knowledge) -> None:
    page = context.new_page()
    with server(bundled_base, 0) as port:
        arrived(page, f"http://127.0.0.1:{port}")
        ask(page, "Why would I pick an open model?")
        answered(page)
    with server(bundled_base, port):
        arrived(page, f"http://127.0.0.1:{port}")
        opened_side(page)
        page.locator("#fn-history label").click()
        answered(page)
        page.locator("#fn-side > .toggle-button").click()
        ask(page, "And what are its disadvantages?")
        answered(page, 2)
        expect(page.locator(".fn-answer").last).to_contain_text("disadvantages")
        expect(page.locator("#fn-history label")).to_have_count(1)
