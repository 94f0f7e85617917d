"""A real Chromium, where one is found; without one the tests that need it are skipped, and say so."""

import json
import shutil
from importlib.resources import files

import pytest
from playwright.sync_api import Page, expect

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
CHROMIUM = next((found for name in NAMES if (found := shutil.which(name))), None)

in_browser = [
    pytest.mark.browser,
    pytest.mark.embedder,
    pytest.mark.skipif(CHROMIUM is None, reason="NO CHROMIUM FOUND: all browser tests are skipped, install chromium"),
]


def ask(page: Page, question: str) -> None:
    """Type a question and send it."""
    page.locator("#fn-message textarea").fill(question)
    page.keyboard.press("Enter")


def answered(page: Page, turns: int = 1) -> None:
    """Wait until so many turns are answered, and the page is ready for the next."""
    expect(page.locator("#fn-chat .user-row")).to_have_count(turns, timeout=30_000)
    expect(page.locator("#fn-message button.submit-button")).to_be_visible(timeout=30_000)
    expect(page.locator(".fn-badge, .fn-refusal")).not_to_have_count(0)


def opened_side(page: Page) -> None:
    """Open the side panel."""
    page.locator("#fn-side > .toggle-button").click()
    expect(page.locator("#fn-side.open")).to_be_visible()


def grave(page: Page, within: str = "body", looks: int = 3) -> str:
    """What axe-core finds serious or critical inside ``within``, as JSON; empty when nothing.

    What is gone at a later look was half faded in, and no finding. The script is in the package
    axe-playwright-python, whose own wrapper we do not need.
    """
    page.evaluate((files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8"))
    found = page.evaluate("async within => (await axe.run({include: [[within]]}, {})).violations", within)
    serious = [one for one in found if one["impact"] in ("serious", "critical")]
    if serious and looks > 1:
        page.wait_for_timeout(1500)
        return grave(page, within, looks - 1)
    return json.dumps(serious, indent=1)[:3000] if serious else ""
