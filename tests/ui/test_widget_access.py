"""The widget for everybody: axe, keyboard alone, sizes, contrast, motion, forced colours, languages."""

import json
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.ui.api_standin import CITATION, ApiStandIn, answer, done, event
from tests.ui.chromium import grave, in_browser
from tests.ui.conftest import until
from tests.ui.host_page import HostPage, ask, opened, shadow

LONG = "\n\n".join(["Reasons [1]:", "- home [1]\n- cost [2]", "| a | b |\n|---|---|\n| 1 | 2 [1] |", "`code`"])
TWO = [
    CITATION,
    {**CITATION, "n": 2, "article_id": "cost", "title": "What models cost", "url": "https://site.example/cost"},
]
NEAREST = [{"article_id": "open", "title": "Open models", "url": None}]

pytestmark = in_browser


@pytest.fixture
def api(api: ApiStandIn) -> ApiStandIn:
    """A question gets a long answer, anything else a refusal."""
    api.script = lambda asked: answer(LONG, citations=TWO) if "?" in asked["question"] else refusal()
    return api


def refusal() -> list[Any]:
    return [event("sources", hits=[]), done("The articles do not answer that.", [], answered=False, nearest=NEAREST)]


def start(browser: Browser, foreign: HostPage, api: ApiStandIn, width: int = 1280, **given: Any) -> Page:
    """A page with the widget on it."""
    foreign.head, foreign.html, foreign.policy = "", given.pop("html", 'lang="en"'), ""
    foreign.carry(api.url, contact_url="/contact", privacy_url="/privacy", **given.pop("options", {}))
    page = browser.new_page(viewport={"width": width, "height": 844}, **given)
    page.goto(foreign.url)
    expect(page.locator("footnote-chat .launcher")).to_be_visible(timeout=15_000)
    return page


STATES = ["closed", "open", "answer", "card", "refusal", "rating", "failed", "consent"]


def bring_to(page: Page, state: str, api: ApiStandIn) -> None:
    """Bring the widget into one of its states."""
    if state == "closed":
        return
    page.locator("footnote-chat .launcher").click()
    if state == "consent":
        expect(page.locator("footnote-chat .consent")).to_be_visible()
        return
    expect(page.locator("footnote-chat .suggestion").first).to_be_visible()
    if state == "failed":
        api.status = 503
        page.locator("footnote-chat .input").fill("Well?")
        page.keyboard.press("Enter")
        expect(page.locator("footnote-chat .problem")).to_be_visible()
    elif state != "open":
        ask(page, "Nothing" if state == "refusal" else "Why?")
    if state == "card":
        page.locator("footnote-chat .pill").first.click()
    if state == "rating":
        page.get_by_role("button", name="Not helpful").click()
        expect(page.locator("footnote-chat .reasons")).to_be_visible()


@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing_serious(browser: Browser, foreign: HostPage, api: ApiStandIn, state: str) -> None:
    options = {"consent": "required"} if state == "consent" else {}
    for width, scheme in ((1280, "light"), (390, "dark")):
        page = start(browser, foreign, api, width, color_scheme=scheme, reduced_motion="reduce", options=options)
        bring_to(page, state, api)
        assert not grave(page, "footnote-chat")
        api.status = 200
        page.close()


def test_the_whole_of_it_by_keyboard(browser: Browser, foreign: HostPage, api: ApiStandIn) -> None:
    page = start(browser, foreign, api)

    def focused() -> str:
        return str(shadow(page, "(root.activeElement?.getAttribute('aria-label') ?? root.activeElement?.textContent)"))

    def tab_to(name: str) -> None:
        for _ in range(25):
            if focused().startswith(name):
                return
            page.keyboard.press("Tab")
        raise AssertionError(f"Tab never came to {name!r}, it is at {focused()!r}")

    page.keyboard.press("Tab")
    assert focused() == "Ask a question"
    page.keyboard.press("Enter")
    expect(page.locator("footnote-chat .input")).to_be_focused()
    page.keyboard.type("Why?")
    page.keyboard.press("Enter")
    expect(page.locator("footnote-chat .tools")).to_be_visible(timeout=15_000)
    expect(page.locator("footnote-chat .input")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    for _ in range(25):
        if focused().startswith("Not helpful"):
            break
        page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    tab_to("Send feedback")
    page.keyboard.press("Enter")
    expect(page.locator("footnote-chat .rating")).to_have_text("Thank you.")

    def rated() -> list[object]:
        return [body for path, body in api.asked if path == "/api/feedback"]

    until(lambda: len(rated()) == 2)  # thanks are said before it has arrived
    assert rated() == [
        {"trace_id": "a1", "rating": "down"}, {"trace_id": "a1", "rating": "down", "reason": "incomplete"}
    ]  # fmt: skip
    page.keyboard.press("ArrowUp")
    page.locator("footnote-chat .input").focus()
    page.keyboard.press("ArrowUp")
    expect(page.locator("footnote-chat .input")).to_have_value("Why?")
    page.keyboard.press("Escape")
    expect(page.locator("footnote-chat .launcher")).to_be_focused()
    page.close()


def test_the_sheet_of_a_small_screen_keeps_the_focus_and_shrinks_with_the_keyboard(
    browser: Browser, foreign: HostPage, api: ApiStandIn
) -> None:
    """The on-screen keyboard is played by a smaller window: ``visualViewport`` follows both."""
    page = start(browser, foreign, api, 390)
    opened(page)
    panel = page.locator("footnote-chat .panel")
    expect(panel).to_have_attribute("aria-modal", "true")
    for key in ("Tab", "Shift+Tab"):
        for _ in range(12):
            page.keyboard.press(key)
            assert shadow(page, "root.querySelector('.panel').contains(root.activeElement)")
    page.set_viewport_size({"width": 390, "height": 400})
    expect(panel).to_have_css("height", "400px")
    box = page.locator("footnote-chat .input").bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= 400
    assert shadow(page, "parseFloat(getComputedStyle(root.querySelector('.input')).fontSize)") >= 16
    page.set_viewport_size({"width": 1280, "height": 844})
    expect(panel).to_have_attribute("aria-modal", "false")
    page.close()


@pytest.mark.parametrize("state", STATES)
def test_what_is_pressed_is_44_pixels_high_and_wide_but_for_marks_in_text(
    browser: Browser, foreign: HostPage, api: ApiStandIn, state: str
) -> None:
    """WCAG 2.2 excepts targets in a sentence; pills keep the 24 pixels of its level AA."""
    options = {"consent": "required"} if state == "consent" else {}
    page = start(browser, foreign, api, 390, reduced_motion="reduce", options=options)
    bring_to(page, state, api)
    small = shadow(
        page,
        "[...root.querySelectorAll('button, a[href], label, textarea')].filter(one => one.getClientRects().length)"
        ".map(one => [one.className, one.getBoundingClientRect()]).filter(([name, box]) => "
        "Math.round(Math.min(box.height, box.width)) < (name === 'pill' ? 24 : 44)).map(([name]) => name)",
    )
    assert small == []
    page.close()


def test_who_wants_less_motion_gets_none(browser: Browser, foreign: HostPage, api: ApiStandIn) -> None:
    page = start(browser, foreign, api, reduced_motion="reduce")
    opened(page)
    names = shadow(page, "[...root.querySelectorAll('*')].map(one => getComputedStyle(one).animationName)")
    assert set(names) == {"none"}
    page.close()


def test_forced_colours_leave_edges_to_see(browser: Browser, foreign: HostPage, api: ApiStandIn) -> None:
    page = start(browser, foreign, api, forced_colors="active")
    opened(page)
    ask(page, "Why?")
    for name in (".panel", ".pill", ".send", ".launcher"):
        edge = shadow(page, f"getComputedStyle(root.querySelector('{name}')).border")
        assert edge.startswith("1px solid"), name
    page.close()


COLOURS = ["#0b5c70", "#ffe600", "#ff0000", "#fff", "#000", "#7f7f7f", "#00ff00", "#1a73e8", "#ffc0cb", "no colour"]
CONTRAST = """(names => {
  const channel = one => one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4;
  const luminance = css => {
    const [r, g, b] = css.match(/[\\d.]+/g).map(one => channel(one / 255));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  return names.map(name => {
    const seen = root.querySelector("." + name);
    let ground = seen;
    while (getComputedStyle(ground).backgroundColor === "rgba(0, 0, 0, 0)") ground = ground.parentElement;
    const both = [getComputedStyle(seen).color, getComputedStyle(ground).backgroundColor].map(luminance);
    return [name, (Math.max(...both) + 0.05) / (Math.min(...both) + 0.05)];
  });
})"""
READ = ["launcher", "send", "pill", "question", "answer", "writer", "suggestion", "tool", "soft", "text"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_one_colour_gives_a_palette_that_can_be_read(
    browser: Browser, foreign: HostPage, api: ApiStandIn, scheme: str
) -> None:
    page = start(browser, foreign, api, color_scheme=scheme, reduced_motion="reduce")
    opened(page)
    ask(page, "Why?")
    for colour in COLOURS:
        page.evaluate("colour => window.Footnote.set({color: colour})", colour)
        poor = [pair for pair in shadow(page, f"{CONTRAST}({json.dumps(READ)})") if pair[1] < 4.5]
        assert poor == [], colour
    page.close()


def test_the_theme_follows_the_pages_own_switch(browser: Browser, foreign: HostPage, api: ApiStandIn) -> None:
    page = start(browser, foreign, api, html='lang="en" data-theme="dark"', options={"theme_attr": "data-theme"})
    opened(page)
    root = page.locator("footnote-chat .fn")
    expect(root).to_have_attribute("data-theme", "dark")
    page.evaluate("document.documentElement.dataset.theme = 'light'")
    expect(root).to_have_attribute("data-theme", "light")
    page.evaluate("window.Footnote.set({theme: 'dark', 'theme-attr': ''})")
    expect(root).to_have_attribute("data-theme", "dark")
    page.close()


def test_dutch_and_words_of_the_sites_own(browser: Browser, foreign: HostPage, api: ApiStandIn) -> None:
    page = start(browser, foreign, api, html='lang="nl-BE"')
    opened(page)
    expect(page.locator("footnote-chat .greeting")).to_have_text("Wat wil je weten?")
    page.route("**/words.json", lambda route: route.fulfill(json={"greeting": "Hoi <b>!</b>", "unknown": 1, "send": 2}))
    page.evaluate("window.Footnote.set({strings: '/words.json'})")
    expect(page.locator("footnote-chat .greeting")).to_have_text("Hoi <b>!</b>")
    expect(page.locator("footnote-chat .disclosure")).to_contain_text("Je praat met software")
    page.close()
