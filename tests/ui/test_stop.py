"""Stopping an answer in the page: the slow model is left, the visitor can go on."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from knowledge.wiring import Knowledge
from tests.ollama_standin import OllamaStandIn
from tests.ui.chromium import ask, in_browser
from tests.ui.conftest import service_over
from ui.server.application import serving

pytestmark = in_browser


@pytest.fixture
def slow_page(browser: Browser, bundled_base: Knowledge) -> Iterator[tuple[Page, OllamaStandIn]]:
    """The page over a local model that says a sentence every now and then, for a minute."""
    with OllamaStandIn(says="Privacy is an advantage of open models. [1] " * 60, pause=0.1) as ollama:
        service = service_over(bundled_base, ollama_url=ollama.url)
        service.warm()
        with serving(service) as url:
            tab = browser.new_page()
            tab.goto(url)
            expect(tab.locator("#fn-starters button").first).to_be_visible(timeout=60_000)
            yield tab, ollama
            tab.close()


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
