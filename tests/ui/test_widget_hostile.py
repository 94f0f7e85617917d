"""The widget on pages that are in its way. Answers are scripted, the rest is real."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.ui.api_standin import ANSWER, ApiStandIn
from tests.ui.chromium import in_browser
from tests.ui.conftest import Goto
from tests.ui.host_page import HostPage, ask, opened, shadow, strict, tag
from tests.ui.hostile_pages import POLLUTED, PREFLIGHT, RESET
from ui.widget.files import built_files, pinned_loader

pytestmark = in_browser


def look(page: Page) -> Any:
    """What a reader sees of the open panel, as computed."""
    return shadow(
        page,
        "['.panel', '.answer', '.pill', '.send', '.input', '.header h2', '.question'].map(one => { "
        "const seen = root.querySelector(one), style = getComputedStyle(seen), box = seen.getBoundingClientRect(); "
        "return [one, style.fontSize, style.color, style.letterSpacing, style.textTransform, style.textAlign, "
        "style.display, style.opacity, "
        "Math.round(box.x), Math.round(box.y), Math.round(box.width), Math.round(box.height)] })",
    )


@pytest.mark.parametrize("style", [RESET, PREFLIGHT], ids=["reset", "preflight"])
def test_the_widget_looks_the_same_whatever_the_pages_style_sheet(goto: Goto, foreign: HostPage, style: str) -> None:
    seen = []
    for foreign.head in ("", style):
        page = goto()
        opened(page)
        expect(page.locator("footnote-chat .suggestion")).to_have_count(2)
        ask(page)
        seen.append(look(page))
        page.evaluate("sessionStorage.clear()")
    assert seen[0] == seen[1]


def test_polluted_globals_change_neither_question_nor_answer(goto: Goto, foreign: HostPage, api: ApiStandIn) -> None:
    foreign.head = POLLUTED
    page = goto()
    opened(page)
    ask(page, "First?")
    ask(page, "Second?")
    path, body = api.asked[-1]
    assert (path, body["question"]) == ("/api/chat", "Second?")
    assert body["history"] == [{"role": "user", "content": "First?"}, {"role": "assistant", "content": ANSWER}]
    expect(page.locator("footnote-chat .pill")).to_have_count(2)
    assert page.evaluate("typeof window.Footnote.open") == "function"


def test_a_page_written_from_right_to_left_speaks_arabic_from_right_to_left(goto: Goto, foreign: HostPage) -> None:
    foreign.html = 'lang="ar" dir="rtl"'
    page = goto()
    expect(page.locator("footnote-chat .launcher")).to_have_text("اطرح سؤالاً")
    opened(page)
    message = ask(page)
    expect(page.locator("footnote-chat .disclosure")).to_contain_text("أنت تتحدث إلى برنامج")
    assert shadow(page, "getComputedStyle(root.querySelector('.panel')).direction") == "rtl"
    header = page.locator("footnote-chat .header h2").bounding_box()
    close = page.locator("footnote-chat .header .tool").last.bounding_box()
    assert header is not None
    assert close is not None
    assert close["x"] < header["x"]
    for name in (".answer p", ".question"):  # English text on it keeps its direction
        assert shadow(page, f"getComputedStyle(root.querySelector('{name}')).unicodeBidi") == "plaintext"
    expect(message.locator(".writer")).to_contain_text("مقتبس من المقالات")


def test_an_english_widget_on_a_page_from_right_to_left_stays_as_it_is(
    goto: Goto, foreign: HostPage, api: ApiStandIn
) -> None:
    foreign.html = 'lang="ar" dir="rtl"'
    foreign.carry(api.url, lang="en")
    page = goto()
    opened(page)
    assert shadow(page, "getComputedStyle(root.querySelector('.panel')).direction") == "ltr"


def test_two_widgets_keep_to_themselves(goto: Goto, foreign: HostPage, api: ApiStandIn) -> None:
    foreign.body += (
        '<div style="width:500px"><footnote-chat mode="inline" site="shop" title="Shop"></footnote-chat></div>'
    )
    page = goto()
    inline = page.locator("footnote-chat[mode=inline]")
    expect(inline.locator(".panel")).to_be_visible()
    assert api.asked == []
    inline.locator(".input").fill("In the shop?")
    page.keyboard.press("Enter")
    expect(inline.locator(".tools")).to_be_visible(timeout=15_000)
    page.locator("footnote-chat[data-by-script] .launcher").click()
    bubble = page.locator("footnote-chat[data-by-script]")
    expect(bubble.locator(".input")).to_be_focused()
    assert bubble.locator(".question").count() == 0
    assert inline.locator(".launcher").count() == 0
    assert inline.get_attribute("title") is None
    expect(inline.locator("h2")).to_have_text("Shop")


def test_started_twice_there_is_one(goto: Goto, foreign: HostPage, api: ApiStandIn) -> None:
    foreign.body += tag(api.url) + tag(api.url)
    page = goto()
    page.add_script_tag(url=api.url + "/widget/v1/loader.js")
    page.wait_for_timeout(200)
    assert page.locator("footnote-chat").count() == 1


def test_a_page_swap_keeps_widget_and_conversation(goto: Goto, api: ApiStandIn) -> None:
    page = goto()
    opened(page)
    ask(page)
    page.evaluate("document.body.replaceWith(document.createElement('body'))")
    expect(page.locator("footnote-chat .question")).to_have_count(1)
    expect(page.locator("footnote-chat .panel")).to_be_visible()
    page.evaluate("document.body.innerHTML = '<h1>Third page</h1>'")
    ask(page, "And now?")
    assert api.questions()[-1] == "And now?"


def test_storage_that_throws_costs_the_memory_of_the_tab_and_nothing_else(goto: Goto, foreign: HostPage) -> None:
    foreign.head = """<script>for (const name of ["sessionStorage", "localStorage"])
      Object.defineProperty(window, name, {get() { throw new DOMException("blocked", "SecurityError") }})</script>"""
    page = goto()
    opened(page)
    ask(page)
    ask(page, "Again?")
    expect(page.locator("footnote-chat .question")).to_have_count(2)


def test_messages_from_other_windows_do_nothing(goto: Goto, page: Page, api: ApiStandIn) -> None:
    goto()
    opened(page)
    polluted = page.evaluate(
        """async () => {
          const rows = [{type: "footnote:open"}, {method: "ask", args: ["x"]}, "ask", null, {footnote: {ask: "x"}},
            JSON.parse('{"__proto__": {"polluted": 1}}')];
          for (let n = 0; n < 100000; n++) {
            const data = rows[n % 6];
            window.dispatchEvent(new MessageEvent("message", {data, origin: "https://evil.example"}));
          }
          for (const row of rows) postMessage(row, "*");
          await new Promise(done => setTimeout(done, 100));
          return {}.polluted ?? null;
        }"""
    )
    assert polluted is None
    assert api.questions() == []
    assert page.locator("footnote-chat .question").count() == 0


def test_the_pinned_tag_with_its_digest_works_under_a_strict_policy(
    goto: Goto, foreign: HostPage, api: ApiStandIn
) -> None:
    digest = built_files()[pinned_loader()].integrity
    whole = f'{pinned_loader()}" integrity="{digest}" crossorigin="anonymous"'
    foreign.body = tag(api.url).replace('loader.js"', whole)
    foreign.policy = strict(api.url)
    page = goto()
    opened(page)
    ask(page)
    expect(page.locator("footnote-chat .pill")).to_have_count(1)


def test_a_policy_by_nonce_is_enough(goto: Goto, foreign: HostPage, api: ApiStandIn) -> None:
    foreign.policy = f"default-src 'none'; script-src 'nonce-abc'; connect-src {api.url}"
    foreign.body = tag(api.url).replace("<script", '<script nonce="abc"')
    page = goto()
    opened(page)
    ask(page)


def test_a_changed_panel_file_is_not_run(goto: Goto, page: Page) -> None:
    cors = {"Access-Control-Allow-Origin": "*", "Content-Type": "text/javascript"}
    page.route("**/panel-*.js", lambda route: route.fulfill(body="window.owned = 1", headers=cors))
    goto()
    page.evaluate("document.addEventListener('footnote:error', event => { window.failed = event.detail.kind })")
    page.locator("footnote-chat .launcher").click()
    page.wait_for_function("window.failed === 'load'")
    assert page.evaluate("window.owned ?? null") is None
