"""Hostile outputs through the widget, whole and in pieces of a stream, judged in the DOM at every change of it."""

from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.ui.api_standin import CITATION, ApiStandIn, answer
from tests.ui.chromium import in_browser
from tests.ui.host_page import HostPage, opened, strict
from tests.ui.hostile_outputs import CASES, EVIL, FLOODS

pytestmark = in_browser

# Runs in the page: after every change of the answers, everything in them is held against what may be there.
JUDGE = """() => {
  const root = document.querySelector("footnote-chat").shadowRoot;
  const tags = new Set(("A BLOCKQUOTE BR BUTTON CODE DEL DIV EM H3 H4 H5 H6 HR LI OL P PRE SPAN STRONG TABLE TBODY " +
    "TD TH THEAD TR UL").split(" "));
  const leads = /^(https:\\/\\/site\\.example\\/|mailto:me@site\\.example$)/;
  const allowed = {BUTTON: ["type", "class", "aria-expanded", "aria-label"], A: ["class", "href", "target", "rel"],
    SPAN: ["class"], OL: ["start"], DIV: ["class"]};
  const ours = new Set(["pill", "external", "unseen", "answer"]);
  const hidden = /[\\u200b\\u2060\\ufeff\\u202a-\\u202e\\u2066-\\u2069\\ue000-\\uf8ff\\u{e0000}-\\u{e01ef}]/u;
  window.judged = 0;
  window.wrong = [];
  window.alert = () => wrong.push("a script ran");
  const judge = () => {
    for (const answer of root.querySelectorAll(".answer")) {
      judged++;
      if (hidden.test(answer.textContent)) wrong.push("invisible text");
      for (const one of [answer, ...answer.querySelectorAll("*")]) {
        if (!tags.has(one.tagName)) wrong.push(one.outerHTML);
        for (const {name, value} of one.attributes) {
          if (!(allowed[one.tagName] ?? []).includes(name)) wrong.push(one.outerHTML);
          if (name === "class" && !ours.has(value)) wrong.push(one.outerHTML);
        }
        if (one.tagName === "A" && !leads.test(one.href)) wrong.push(one.outerHTML);
        if (one.className === "pill" && one.textContent !== "1") wrong.push(one.outerHTML);
      }
    }
  };
  new MutationObserver(judge).observe(root, {childList: true, subtree: true, characterData: true});
}"""
SITE = {**CITATION, "url": "https://site.example/open"}


@pytest.fixture(scope="module")
def api() -> Iterator[ApiStandIn]:
    with ApiStandIn() as server:
        yield server


@pytest.fixture
def page(browser: Browser, foreign: HostPage, api: ApiStandIn) -> Iterator[Page]:
    """The open widget with the judge beside it, under no policy, so that nothing but the widget is in the way."""
    foreign.head, foreign.html, foreign.policy = "", 'lang="en"', ""
    foreign.carry(api.url, persist="none")
    tab = browser.new_page()
    strayed: list[str] = []
    tab.on("request", lambda sent: None if sent.url.startswith((foreign.url, api.url)) else strayed.append(sent.url))
    tab.goto(foreign.url)
    opened(tab)
    tab.evaluate(JUDGE)
    yield tab
    wrong = tab.evaluate("window.wrong")
    judged = tab.evaluate("window.judged")
    tab.close()
    assert wrong == []
    assert strayed == []
    assert judged > 0


def say(page: Page, api: ApiStandIn, text: str, pieces: Sequence[str] | None = None) -> None:
    """Have the answer ``text`` come in ``pieces``."""
    api.script = lambda asked: answer(text + "\n\n[1]", [*(pieces or [text]), "\n\n[1]"], [SITE])
    page.evaluate("() => { Footnote.reset(); Footnote.ask('?') }")
    expect(page.locator("footnote-chat .tools")).to_be_visible(timeout=15_000)


def test_there_are_enough_cases() -> None:
    assert len(set(CASES)) >= 150


@pytest.mark.parametrize("part", range(4))
def test_whole_answers_do_nothing(page: Page, api: ApiStandIn, part: int) -> None:
    for text in CASES[part::4]:
        say(page, api, text)


def test_answers_do_nothing_at_any_prefix_of_their_stream(page: Page, api: ApiStandIn) -> None:
    """One character a piece; the judge sees what is drawn, at most once a frame."""
    for text in [case for case in CASES if case not in FLOODS][::4]:
        say(page, api, text, list(text))


def test_links_lead_to_hosts_of_sources_only(page: Page, api: ApiStandIn) -> None:
    known = "[a](https://site.example/p) [b](mailto:me@site.example) [c](mailto:me@evil.example) "
    say(
        page,
        api,
        known + f"[d]({EVIL}) [e](https://site.example.evil.example/) [f](https://site.example@evil.example/)",
    )
    links = page.locator("footnote-chat .answer a")
    assert [link.get_attribute("href") for link in links.all()] == ["https://site.example/p", "mailto:me@site.example"]
    for link in links.all():
        assert link.get_attribute("rel") == "noopener noreferrer nofollow"
        assert "opens in a new tab" in (link.text_content() or "")


def test_titles_and_quotes_of_sources_are_text(page: Page, api: ApiStandIn) -> None:
    nasty = "<img src=x onerror=alert(1)>"
    source = {**SITE, "title": nasty, "section": nasty, "quote": f"{nasty} ![x]({EVIL})", "updated": nasty}
    api.script = lambda asked: answer("Text [1]", citations=[source])
    page.evaluate("Footnote.ask('?')")
    page.locator("footnote-chat .pill").click()
    card = page.locator("footnote-chat .card")
    expect(card.locator(".card-title")).to_have_text(nasty)
    assert (
        page.evaluate("document.querySelector('footnote-chat').shadowRoot.querySelectorAll('img, script').length") == 0
    )


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//[", "\\\\evil", "vbscript:x"])
def test_a_source_with_a_bad_address_leads_to_our_own_page_of_it(page: Page, api: ApiStandIn, url: str) -> None:
    source: dict[str, Any] = {**SITE, "url": url, "article_id": "a/b ?#c"}
    api.script = lambda asked: answer("Text [1]", citations=[source])
    page.evaluate("Footnote.ask('?')")
    href = page.locator("footnote-chat .chip").get_attribute("href") or ""
    assert href == f"{api.url}/articles/a/b%20%3F%23c"


def test_words_in_a_narrow_table_stay_whole(page: Page, api: ApiStandIn) -> None:
    words = ["Predictability", "Customisation", "Interoperability", "Transparency", "Accountability", "Maintenance"]
    row = "| " + " | ".join(words) + " |"
    say(page, api, f"{row}\n{'|---' * len(words)}|\n{row}")
    lines = page.locator("footnote-chat td").evaluate_all("cells => cells.map(c => c.clientHeight)")
    assert len(lines) == len(words)
    assert max(lines) < 40  # pixels: one line with its padding
    table = page.locator("footnote-chat table")
    assert table.evaluate("t => t.scrollWidth > t.clientWidth")  # it is wider than the panel, and scrolls by itself


def test_the_widget_works_on_after_a_flood(page: Page, api: ApiStandIn) -> None:
    for flood in FLOODS:
        say(page, api, flood * 40)
    say(page, api, "Still here.")
    expect(page.locator("footnote-chat .answer")).to_contain_text("Still here.")


def test_under_the_strict_policy_nothing_is_even_tried(browser: Browser, foreign: HostPage, api: ApiStandIn) -> None:
    foreign.head, foreign.html, foreign.policy = "", 'lang="en"', strict(api.url)
    foreign.carry(api.url, persist="none")
    tab = browser.new_page()
    tab.goto(foreign.url)
    tab.evaluate("window.broke = []")
    tab.evaluate("document.addEventListener('securitypolicyviolation', one => broke.push(one.blockedURI))")
    opened(tab)
    for text in CASES[::10]:
        say(tab, api, text)
    assert tab.evaluate("window.broke") == []
    tab.close()
