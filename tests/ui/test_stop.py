"""Stopping an answer in the page, or leaving it: the model is left, the visitor can go on."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, expect

from knowledge.wiring import Knowledge
from tests.ollama_standin import OllamaStandIn
from tests.ui.chromium import ask, in_browser
from tests.ui.conftest import service_over, until
from ui.server.application import serving

pytestmark = in_browser


@contextmanager
def page_over(browser: Browser, base: Knowledge, ollama: OllamaStandIn) -> Iterator[Page]:
    """The page over a local model."""
    with ollama:
        service = service_over(base, ollama_url=ollama.url)
        service.warm()
        with serving(service) as url:
            tab = browser.new_page()
            tab.goto(url)
            expect(tab.locator("#fn-starters button").first).to_be_visible(timeout=60_000)
            yield tab
            tab.close()


@pytest.fixture
def slow_page(browser: Browser, bundled_base: Knowledge) -> Iterator[tuple[Page, OllamaStandIn]]:
    """Over one that says a sentence every now and then, for a minute."""
    ollama = OllamaStandIn(says="Privacy is an advantage of open models. [1] " * 60, pause=0.1)
    with page_over(browser, bundled_base, ollama) as tab:
        yield tab, ollama


def test_stop_leaves_the_model_and_the_visitor_can_ask_again(slow_page: tuple[Page, OllamaStandIn]) -> None:
    page, ollama = slow_page
    ask(page, "Why would I pick an open model?")
    expect(page.locator(".fn-answer .fn-mark").first).to_be_visible(timeout=30_000)
    page.locator("#fn-message button.stop-button").click()
    expect(page.locator("#fn-message button.submit-button")).to_be_visible(timeout=10_000)
    said = page.locator(".fn-answer").inner_text()
    page.wait_for_timeout(1500)
    assert page.locator(".fn-answer").inner_text() == said
    assert len(ollama.requests) == 1
    ollama.says = "Privacy is an advantage of open models. [1]"
    ask(page, "What is a token?")
    expect(page.locator("#fn-chat .user-row")).to_have_count(2)


@pytest.mark.parametrize("leaves", ["stops", "closes"])
def test_a_silent_model_is_hung_up_on_when_the_visitor_stops_or_closes_the_page(
    browser: Browser, bundled_base: Knowledge, leaves: str
) -> None:
    ollama = OllamaStandIn(models=["hang"])
    with page_over(browser, bundled_base, ollama) as page:
        ask(page, "Why would I pick an open model?")
        until(lambda: ollama.requests)
        if leaves == "stops":
            page.locator("#fn-message button.stop-button").click()
            expect(page.locator("#fn-message button.submit-button")).to_be_visible(timeout=10_000)
        else:
            page.close()
        until(lambda: len(ollama.left) == 1)
