"""Screenshots of the chat page's main states, for the documents.

python -m benchmarks.screenshots [--out docs/images]
"""

import argparse
import shutil
import tempfile
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page, sync_playwright

from ingest.progress import quiet
from ingest.sources import bundled
from ingest.sync import sync
from ui.opened import open_base, settings_for
from ui.server.application import serving
from ui.server.service import open_service

WIDTHS = {"wide": (1280, 800), "middle": (768, 900), "narrow": (390, 844)}
FLAGS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
QUESTION = "Why would I pick an open model?"


def ask(page: Page, question: str) -> None:
    """Send a question and wait until it is answered."""
    asked = page.locator("#fn-chat .user-row").count()
    page.locator("#fn-message textarea").fill(question)
    page.keyboard.press("Enter")
    page.locator("#fn-chat .user-row").nth(asked).wait_for()
    page.locator("#fn-message .submit-button").wait_for()


def empty(page: Page) -> None:
    """As a visitor finds it."""


def answer(page: Page) -> None:
    """A list with a footnote under every item."""
    ask(page, QUESTION)


def card(page: Page) -> None:
    """The card of a footnote."""
    ask(page, QUESTION)
    page.locator(".fn-mark").nth(1).focus()


def steps(page: Page) -> None:
    """What the search did, opened."""
    ask(page, QUESTION)
    page.locator("#fn-chat .thought-group button").first.click()


def comparison(page: Page) -> None:
    """A table."""
    ask(page, "What is the difference between open and closed models?")


def refusal(page: Page) -> None:
    """What no article answers."""
    ask(page, "How do I bake sourdough bread?")


def rating(page: Page) -> None:
    """Asked what was wrong."""
    ask(page, QUESTION)
    page.locator('[aria-label="Dislike"]').last.click()
    page.locator("#fn-reason").wait_for()


def history(page: Page) -> None:
    """Kept conversations."""
    for question in ("What is a token?", QUESTION):
        ask(page, question)
        page.locator("#fn-new").click()
        page.locator("#fn-chat .user-row").wait_for(state="detached")
    page.locator("#fn-side > .toggle-button").click()
    page.locator("#fn-history label").first.click()
    page.locator(".fn-badge").wait_for()


def dutch(page: Page) -> None:
    """In Dutch."""
    page.locator("#fn-side > .toggle-button").click()
    page.locator("#fn-language label", has_text="Nederlands").click()
    page.get_by_text("Antwoordt alleen").wait_for()
    page.locator("#fn-side > .toggle-button").click()
    ask(page, "Waarom zou ik een open model kiezen?")


def owner(page: Page) -> None:
    """The owner's view."""
    page.goto(page.url + "owner")


STATES = (empty, answer, card, steps, comparison, refusal, rating, history, dutch, owner)


def shoot(browser: Browser, url: str, out: Path) -> None:
    """One picture a state and width in light colours, and the wide and the narrow ones in dark colours too."""
    for width, (w, h) in WIDTHS.items():
        schemes: tuple[Literal["light", "dark"], ...] = ("light",) if width == "middle" else ("light", "dark")
        for scheme in schemes:
            for state in STATES:
                page = browser.new_page(viewport={"width": w, "height": h}, color_scheme=scheme, locale="en-GB")
                page.goto(url)
                page.locator("#fn-starters button").first.wait_for()
                state(page)
                page.wait_for_timeout(900)
                page.screenshot(path=out / f"chat-{state.__name__}-{width}{'-dark' if scheme == 'dark' else ''}.png")
                page.close()


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("docs/images"))
    out = parser.parse_args().out
    out.mkdir(parents=True, exist_ok=True)
    chromium = next(found for name in ("chromium", "google-chrome") if (found := shutil.which(name)))
    with tempfile.TemporaryDirectory() as folder:
        settings = settings_for(Path(folder))
        with open_base(settings, "screenshots") as knowledge:
            sync(knowledge, [bundled()], quiet)
        with open_service(settings) as service, serving(service) as url, sync_playwright() as playwright:
            service.warm()
            browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
            shoot(browser, url, out)
            browser.close()


if __name__ == "__main__":
    main()
