"""The chat page for everybody: axe at three widths, light and dark, and the whole of it without a mouse."""

from collections.abc import Iterator
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.ui.chromium import STILL, answered, ask, grave, in_browser, opened_side

pytestmark = in_browser

Scheme = Literal["light", "dark"]
LOOKS: list[tuple[int, Scheme]] = [
    (1280, "light"),
    (1280, "dark"),
    (768, "light"),
    (768, "dark"),
    (390, "light"),
    (390, "dark"),
]


def start(browser: Browser, site: str, width: int = 1280, scheme: Scheme = "light", path: str = "/") -> Page:
    page = browser.new_page(
        viewport={"width": width, "height": 844}, color_scheme=scheme, reduced_motion="reduce", locale="en-GB"
    )
    page.goto(site + path)
    expect(page.locator("#fn-starters button").first).to_be_visible(timeout=30_000)
    return page


@pytest.fixture
def page(browser: Browser, site: str) -> Iterator[Page]:
    tab = start(browser, site)
    yield tab
    tab.close()


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_axe_finds_nothing_serious_in_any_state(browser: Browser, site: str, width: int, scheme: Scheme) -> None:
    page = start(browser, site, width, scheme)
    assert not grave(page), "empty page"
    ask(page, "Why would I pick an open model?")
    answered(page)
    page.locator(".fn-mark").first.focus()
    expect(page.locator(".fn-card").first).to_be_visible()
    assert not grave(page), "answer with a card"
    page.locator('#fn-chat [aria-label="Dislike"]').last.click()
    expect(page.locator("#fn-reason")).to_be_visible()
    assert not grave(page), "asked what was wrong"
    page.locator("#fn-undo").click()
    ask(page, "How do I bake sourdough bread?")
    answered(page, 2)
    assert not grave(page), "refusal"
    opened_side(page)
    expect(page.locator("#fn-history label").first).to_be_visible()
    assert not grave(page), "side panel"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.close()


def focused(page: Page) -> str:
    return str(page.evaluate("(document.activeElement.ariaLabel || document.activeElement.innerText || '').trim()"))


def tab_to(page: Page, name: str, key: str = "Tab") -> None:
    for _ in range(60):
        page.keyboard.press(key)
        if focused(page).startswith(name):
            return
    raise AssertionError(f"{key} never came to {name!r}, it is at {focused(page)!r}")


def test_the_whole_of_it_by_keyboard(page: Page) -> None:
    page.keyboard.press("Control+k")
    expect(page.locator("#fn-message textarea")).to_be_focused()
    page.keyboard.type("What is retrieval-augmented generation?")
    page.keyboard.press("Enter")
    answered(page)
    tab_to(page, "Footnote", "Shift+Tab")
    expect(page.locator(".fn-card:visible")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(page.locator(".fn-card:visible")).to_have_count(0)
    tab_to(page, "Dislike")
    page.keyboard.press("Enter")
    expect(page.locator("#fn-reason")).to_be_visible()
    page.locator("#fn-reason input").first.focus()
    page.keyboard.press("Space")
    tab_to(page, "Send feedback")
    page.keyboard.press("Enter")
    expect(page.locator("#fn-reason")).to_be_hidden()
    page.locator("#fn-message textarea").focus()
    page.keyboard.press("ArrowUp")
    editing = page.locator("#fn-chat textarea")
    expect(editing).to_be_visible()
    editing.focus()
    editing.fill("What is a token?")
    tab_to(page, "Submit")
    page.keyboard.press("Enter")
    expect(page.locator("#fn-chat .user-row")).to_contain_text("What is a token?")
    answered(page)


def test_one_announcement_a_turn_and_the_page_tells_its_language(browser: Browser, site: str) -> None:
    page = browser.new_page(locale="nl-NL")
    page.goto(site)
    expect(page.locator("#fn-starters button").first).to_be_visible(timeout=30_000)
    assert page.locator("html").get_attribute("lang") == "nl"
    expect(page.locator(".fn-ai")).to_contain_text("AI-systeem")
    ask(page, "Why would I pick an open model?")
    answered(page)
    expect(page.locator('#fn-announced[role="status"]')).to_have_text("Antwoord klaar. Bronnen: 6.")
    assert page.locator('#fn-chat [role="log"]').get_attribute("aria-live") == "off"
    opened_side(page)
    page.locator("#fn-language label", has_text="English").click()
    expect(page.locator(".fn-ai")).to_contain_text("AI system")
    expect(page.locator(".fn-badge")).to_contain_text("quoted from the articles")
    page.reload()
    expect(page.locator(".fn-ai")).to_contain_text("AI system", timeout=30_000)
    page.close()


def edges(page: Page, selector: str) -> tuple[float, float]:
    """Where something begins and ends, in pixels from the left."""
    box = page.locator(selector).bounding_box()
    assert box
    return box["x"], box["x"] + box["width"]


@pytest.mark.parametrize("width", [900, 1024, 1280, 1440, 1920])
def test_the_side_panel_covers_no_text(browser: Browser, site: str, width: int) -> None:
    page = start(browser, site, width)
    before = edges(page, "#fn-talk")
    opened_side(page)
    page.evaluate(STILL)
    covered = edges(page, "#fn-side")[1]
    left, right = edges(page, "#fn-talk")
    assert min(left, edges(page, ".fn-name")[0]) >= covered
    assert right - left > 400
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.locator("#fn-side > .toggle-button").click()
    page.evaluate(STILL)
    assert edges(page, "#fn-talk") == before
    page.close()


def test_a_theme_is_kept(page: Page) -> None:
    opened_side(page)
    page.locator("#fn-theme label", has_text="Dark").click()
    expect(page.locator("body.dark")).to_be_attached()
    page.reload()
    expect(page.locator("#fn-theme input[value=dark]")).to_be_checked(timeout=30_000)
    expect(page.locator("body.dark")).to_be_attached()


# Notes every background the page is drawn with, frame by frame.
DRAWN = """(() => {
  window.drawn = new Set();
  const look = () => {
    requestAnimationFrame(look);
    const seen = [".gradio-container", "gradio-app", "body"].map(one => document.querySelector(one)).filter(Boolean);
    const filled = seen.map(one => getComputedStyle(one).backgroundColor).find(colour => colour !== "rgba(0, 0, 0, 0)");
    if (filled) drawn.add(filled);
  };
  look();
})()"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("chosen", ["system", "light", "dark"])
def test_the_page_is_drawn_in_the_chosen_theme_from_its_first_frame(
    browser: Browser, site: str, scheme: Scheme, chosen: str
) -> None:
    page = browser.new_page(color_scheme=scheme)
    page.add_init_script(f"localStorage.setItem('footnote-theme', '{chosen}')")
    page.add_init_script(DRAWN)
    page.goto(site)
    expect(page.locator("#fn-starters button").first).to_be_visible(timeout=30_000)
    dark = (scheme if chosen == "system" else chosen) == "dark"
    assert page.evaluate("[...drawn]") == ["rgb(10, 15, 30)" if dark else "rgb(255, 255, 255)"]
    page.close()


def test_a_link_fills_the_question_in_and_does_not_send_it(browser: Browser, site: str) -> None:
    page = start(browser, site, path="/?q=What+is+%3Cb%3ERAG%3C%2Fb%3E%3F")
    expect(page.locator("#fn-message textarea")).to_have_value("What is <b>RAG</b>?")
    page.wait_for_timeout(500)
    assert page.locator("#fn-chat .user-row").count() == 0
    page.close()
