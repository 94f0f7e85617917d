"""The widget on a page of another origin under a strict policy, in a real Chromium, against the real server."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Request, expect

from tests.ui.chromium import in_browser
from tests.ui.host_page import ANSWERED, REFUSED, HostPage, ask, opened, shadow, strict

pytestmark = in_browser


@pytest.fixture
def requests() -> list[str]:
    """Addresses the page asked for, in order."""
    return []


@pytest.fixture
def width() -> int:
    """Of the window, in pixels."""
    return 1280


@pytest.fixture
def page(browser: Browser, host: HostPage, site: str, requests: list[str], width: int) -> Iterator[Page]:
    """The host page under a strict policy; nothing may be blocked, fail, or leave the two origins."""
    host.carry(site, contact_url="/contact", privacy_url="/privacy")
    host.policy = strict(site)
    tab = browser.new_page(viewport={"width": width, "height": 844})
    trouble: list[str] = []
    tab.on("console", lambda said: trouble.append(said.text) if said.type in ("error", "warning") else None)
    tab.on("pageerror", lambda error: trouble.append(str(error)))
    tab.on("request", lambda sent: requests.append(sent.url))
    tab.goto(host.url)
    expect(tab.locator("footnote-chat .launcher")).to_be_visible(timeout=15_000)
    yield tab
    tab.close()
    assert [line for line in trouble if "favicon" not in line and "404" not in line] == []
    assert [url for url in requests if not url.startswith((site, host.url))] == []


def test_a_closed_page_costs_one_file_and_no_storage(
    page: Page, requests: list[str], site: str, host: HostPage
) -> None:
    page.wait_for_timeout(300)
    ours = [url for url in requests if url.startswith(site)]
    assert ours == [site + "/widget/v1/loader.js"]
    assert page.evaluate("sessionStorage.length + localStorage.length + document.cookie.length") == 0
    assert page.evaluate("Object.getOwnPropertyNames(window).filter(name => /footnote/i.test(name))") == ["Footnote"]


@pytest.mark.parametrize("width", [1280, 768, 390, 320])
def test_a_question_gets_an_answer_with_pills_sources_and_who_wrote_it(page: Page) -> None:
    opened(page)
    message = ask(page)
    assert message.locator(".answer li").count() >= 4
    expect(message.locator(".answer")).to_contain_text("Privacy")
    assert message.locator(".pill").count() == message.locator(".answer li").count() + 1
    expect(message.locator(".chip")).to_contain_text("Open-source vs closed-source AI models")
    expect(message.locator(".writer")).to_contain_text("no language model · nothing left this site’s own server")
    expect(page.locator("footnote-chat .disclosure")).to_contain_text("You are talking to software")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_pill_opens_its_card_by_keyboard_and_tab_leads_into_it_and_out(page: Page, site: str) -> None:
    opened(page)
    message = ask(page)
    pill, card = message.locator(".pill").first, message.locator(".card")
    expect(card).to_be_hidden()
    pill.focus()
    page.keyboard.press("Enter")
    expect(card).to_be_visible()
    expect(pill).to_have_attribute("aria-expanded", "true")
    expect(card.locator("blockquote")).to_contain_text("Open-source models have five main advantages")
    expect(card).to_contain_text(re.compile(r"Updated \d{4}-\d\d-\d\d"))
    page.keyboard.press("Tab")
    expect(card.locator("a")).to_be_focused()
    href = card.locator("a").get_attribute("href") or ""
    assert href.startswith(f"{site}/articles/open-source-vs-closed-source-ai-models#:~:text=")
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    expect(pill).to_be_focused()
    expect(page.locator("footnote-chat .panel")).to_be_visible()


def test_what_the_articles_do_not_say_is_refused_with_nearest_articles_and_a_contact(page: Page) -> None:
    opened(page)
    message = ask(page, REFUSED)
    expect(message).to_have_attribute("data-state", "refused")
    assert message.locator(".near").count() == 3
    expect(message.locator(".contact")).to_have_attribute("href", "/contact")
    assert message.locator(".pill").count() == 0


@pytest.mark.parametrize("width", [1280, 390])
def test_escape_closes_and_the_focus_returns_to_the_launcher(page: Page) -> None:
    opened(page)
    page.keyboard.press("Escape")
    expect(page.locator("footnote-chat .panel")).to_be_hidden()
    expect(page.locator("footnote-chat .launcher")).to_be_focused()
    expect(page.locator("footnote-chat .launcher")).to_have_attribute("aria-expanded", "false")


def body(request: Request) -> dict[str, Any]:
    """What a request sent."""
    sent: dict[str, Any] = request.post_data_json or {}
    return sent


def test_the_page_is_told_and_the_conversation_is_remembered_in_the_tab(page: Page, host: HostPage) -> None:
    opened(page)
    with page.expect_request("**/api/chat") as first:
        ask(page)
    assert body(first.value)["page_url"] == host.url + "/"
    assert first.value.headers["x-footnote-site"] == "docs"
    page.reload()
    opened(page)
    expect(page.locator("footnote-chat .question")).to_have_text([ANSWERED])
    with page.expect_request("**/api/chat") as again:
        ask(page, "And what are its disadvantages?")
    assert [turn["role"] for turn in body(again.value)["history"]] == ["user", "assistant"]
    expect(page.locator("footnote-chat .message").last).to_contain_text("disadvantages")


def test_one_announcement_when_it_begins_and_one_when_it_ends(page: Page) -> None:
    opened(page)
    shadow(
        page,
        "new MutationObserver(() => (window.said ??= []).push(root.querySelector('[role=status]').textContent))"
        ".observe(root.querySelector('[role=status]'), {childList: true, characterData: true, subtree: true})",
    )
    ask(page)
    said = page.evaluate("window.said")
    assert said[-1] == "Answer ready. Sources: 6."
    assert len(said) <= 3
    expect(page.locator("footnote-chat .transcript")).to_have_attribute("aria-live", "off")


def test_the_demo_page_carries_it_and_offers_its_own_questions_first(browser: Browser, site: str) -> None:
    tab = browser.new_page(viewport={"width": 1280, "height": 844})
    tab.goto(site + "/demo")
    tab.evaluate("window.broke = []")
    tab.evaluate("document.addEventListener('securitypolicyviolation', one => broke.push(one.blockedURI))")
    opened(tab)
    expect(tab.locator("footnote-chat .welcome")).to_contain_text("About this page")
    ask(tab)
    assert tab.evaluate("window.broke") == []
    tab.close()
