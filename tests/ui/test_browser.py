"""The chat page in a real Chromium against the real server on the bundled articles."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.ui.chromium import answered, ask, in_browser

pytestmark = in_browser


@pytest.fixture(params=[1280, 390])
def page(browser: Browser, site: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """The page, loaded, at two widths; every request it makes must stay on our server."""
    tab = browser.new_page(viewport={"width": request.param, "height": 844})
    strayed: list[str] = []
    tab.on("request", lambda sent: None if sent.url.startswith((site, "data:", "blob:")) else strayed.append(sent.url))
    tab.goto(site)
    expect(tab.locator("#fn-starters button").first).to_be_visible(timeout=30_000)
    yield tab
    tab.close()
    assert strayed == []


def test_a_question_gets_a_streamed_answer_with_footnotes_and_sources(page: Page) -> None:
    ask(page, "Why would I pick an open model?")
    expect(page.locator(".fn-badge")).to_be_visible(timeout=30_000)
    items = page.locator(".fn-answer li")
    assert items.count() >= 4
    expect(page.locator(".fn-answer")).to_contain_text("Privacy")
    assert page.locator(".fn-answer .fn-mark").count() == items.count() + 1 == page.locator(".fn-list li").count()
    expect(page.locator("#fn-sources")).to_contain_text("Open-source vs closed-source AI models")
    assert page.locator(".fn-source mark").count() > 0
    expect(page.locator("#fn-starters")).to_be_hidden()


def test_a_footnote_opens_its_card_by_keyboard_and_escape_closes_it(page: Page) -> None:
    ask(page, "What is retrieval-augmented generation?")
    answered(page)
    foot = page.locator(".fn-foot").first
    expect(foot.locator(".fn-card")).to_be_hidden()
    foot.locator(".fn-mark").focus()
    expect(foot.locator(".fn-card")).to_be_visible()
    expect(foot.locator(".fn-quote")).to_contain_text("Retrieval-augmented generation")
    expect(foot.locator(".fn-date")).to_contain_text("last updated 20")
    page.keyboard.press("Tab")
    expect(foot.locator(".fn-read")).to_be_focused()
    page.keyboard.press("Escape")
    expect(foot.locator(".fn-card")).to_be_hidden()


def test_a_footnote_leads_to_the_quoted_words_on_the_articles_page(page: Page) -> None:
    ask(page, "Which advantages do open-source models have?")
    answered(page)
    page.locator(".fn-mark").last.focus()
    link = page.locator(".fn-card .fn-read").last
    expect(link).to_be_visible()
    quoted = page.locator(".fn-card .fn-quote").last.inner_text().strip("“”")
    assert quoted
    with page.expect_popup() as opened:
        link.click()
    article = opened.value
    article.wait_for_load_state()
    assert article.url.split("#")[0].endswith("/articles/open-source-vs-closed-source-ai-models")
    sentence = article.get_by_text(quoted).first
    expect(sentence).to_be_in_viewport()
    assert article.evaluate("scrollY") > 0, "the article opened at its start"
    article.close()


def test_what_the_articles_do_not_say_is_refused_with_nearest_articles(page: Page) -> None:
    ask(page, "How do I bake sourdough bread?")
    expect(page.locator(".fn-refusal")).to_contain_text("do not answer", timeout=30_000)
    assert page.locator(".fn-refusal li a").count() >= 1
    expect(page.locator("#fn-sources")).to_contain_text("The passages behind an answer appear here")


def test_a_starter_is_asked_and_a_new_conversation_brings_them_back(page: Page) -> None:
    starter = page.locator("#fn-starters button").first
    text = starter.inner_text()
    starter.click()
    expect(page.locator("#fn-chat .user-row")).to_contain_text(text, timeout=30_000)
    expect(page.locator(".fn-badge")).to_be_visible(timeout=30_000)
    page.get_by_role("button", name="New conversation").click()
    expect(page.locator("#fn-starters button").first).to_be_visible()
    expect(page.locator("#fn-chat .user-row")).to_have_count(0)


def test_a_follow_up_keeps_the_topic(page: Page) -> None:
    ask(page, "Why would I pick an open model?")
    expect(page.locator(".fn-badge")).to_have_count(1, timeout=30_000)
    ask(page, "And what are its disadvantages?")
    expect(page.locator(".fn-badge")).to_have_count(2, timeout=30_000)
    expect(page.locator(".fn-answer").last).to_contain_text("disadvantages")


def test_a_visitors_markup_is_shown_and_not_run(page: Page) -> None:
    ask(page, "<img src=x onerror=document.title='owned'> What is RAG?")
    expect(page.locator(".fn-badge, .fn-refusal").first).to_be_visible(timeout=30_000)
    expect(page.locator("#fn-chat .user-row")).to_contain_text("<img src=x")
    assert page.title() == "Footnote"


def test_a_bad_question_gets_a_remedy(page: Page) -> None:
    ask(page, "🎉🎉")
    expect(page.locator(".fn-refusal")).to_contain_text("Ask in words", timeout=30_000)


def test_nothing_is_wider_than_the_window(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    ask(page, "Who makes which model?")
    expect(page.locator(".fn-badge")).to_be_visible(timeout=30_000)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    box = page.locator("#fn-message textarea").bounding_box()
    assert box is not None
    assert box["height"] >= 24
