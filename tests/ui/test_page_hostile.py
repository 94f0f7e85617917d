"""Hostile outputs on the real page, judged in the DOM of a real Chromium: whole, and cut as a stream cuts them.

Each output is an answer of its own in one long conversation; a cut is what the page shows at some moment of a stream.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import text

from assistant.answer import Answer, Citation, Model
from assistant.conversations import turns
from knowledge.wiring import Knowledge
from tests.ui.chromium import answered, ask, in_browser, opened_side
from tests.ui.hostile_outputs import CASES

pytestmark = in_browser

EVIL = Citation(
    1, "rag", "<img src=x onerror=alert(1)>", "javascript:alert(1)", "<b>A</b> > [x](//evil.example)",
    "![x](https://evil.example/x) <script>alert(1)</script>", 0, 9, '2026-01-01" onclick=alert(1)',
)  # fmt: skip
PARTS = 4

JUDGE = """() => {
  const bad = [];
  const answers = document.querySelectorAll("#fn-chat .message-content, .fn-source");
  for (const element of document.querySelectorAll("#fn-chat .message-content *, .fn-source *")) {
    const name = element.localName;
    if (!/^(a|b|blockquote|br|button|code|div|em|h[1-6]|hr|li|mark|ol|p|pre|span|strong|t(able|body|d|h|head|r)|ul)$/
      .test(name)) bad.push(name);
    for (const {name: attribute, value} of element.attributes) {
      if (/^(on|style$|id$|name$|slot$|part$|src|ping$|formaction$|background$)/.test(attribute))
        bad.push(attribute + "=" + value);
      if (attribute === "class" && !value.split(" ").every(one => /^(fn-|svelte-|md$|chatbot$|prose$)/.test(one)))
        bad.push("class=" + value);
      if (attribute === "href" && !/^(articles\\/|https?:|mailto:)/.test(value)) bad.push("href=" + value);
    }
  }
  const seen = [...answers].map(answer => answer.textContent).join("");
  if (/[\\u200b\\u202a-\\u202e\\u2066-\\u2069\\ufeff\\ue000-\\uf8ff]|\\udb40[\\udc00-\\udfff]/.test(seen))
    bad.push("invisible text");
  return {bad: [...new Set(bad)], answers: answers.length, ran: window.ran || 0};
}"""


@pytest.fixture
def page(browser: Browser, site: str) -> Iterator[Page]:
    """A page that counts what runs; no request may leave our server."""
    tab = browser.new_page()
    strayed: list[str] = []
    tab.on("request", lambda sent: None if sent.url.startswith((site, "data:", "blob:")) else strayed.append(sent.url))
    tab.add_init_script("window.ran = 0; window.alert = window.msgbox = () => { window.ran += 1; };")
    tab.goto(site)
    expect(tab.locator("#fn-starters button").first).to_be_visible(timeout=30_000)
    yield tab
    tab.close()
    assert strayed == []


def _answer(said: str, number: int) -> dict[str, Any]:
    return Answer(
        said, said, "en", True, said + " [1]", (EVIL,), (), 0.9, Model("local", "<img src=x onerror=alert(1)>"),
        f"hostile-{number}",
    ).as_dict()  # fmt: skip


def test_there_are_at_least_150_outputs() -> None:
    assert len(set(CASES)) >= 150


def test_nothing_acts_whole_or_cut(page: Page, bundled_base: Knowledge) -> None:
    ask(page, "What is a token?")
    answered(page)
    pieces = list(
        dict.fromkeys(said[: -(-len(said) * part // PARTS)] for said in CASES for part in range(1, PARTS + 1))
    )
    with bundled_base.catalogue.engine.begin() as connection:
        last = "SELECT conversation_id FROM turns ORDER BY number DESC LIMIT 1"
        conversation_id = connection.execute(text(last)).scalar_one()
        rows = [
            {"conversation_id": conversation_id, "at": "2026-01-01", "answer": _answer(said, number)}
            for number, said in enumerate(pieces)
        ]
        connection.execute(turns.insert(), rows)
    page.locator("#fn-new").click()
    expect(page.locator("#fn-chat .user-row")).to_have_count(0)
    opened_side(page)
    page.locator("#fn-history label").first.click()
    expect(page.locator("#fn-chat .user-row")).to_have_count(len(pieces) + 1, timeout=90_000)
    judged = page.evaluate(JUDGE)
    assert judged["answers"] > 2 * len(pieces)
    assert judged["bad"] == []
    assert judged["ran"] == 0
