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

# Waits for what fades or slides in; what turns for ever is not waited for.
STILL = """() => Promise.allSettled(document.getAnimations()
    .filter(moving => moving.effect.getComputedTiming().iterations !== Infinity).map(moving => moving.finished))"""


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


def grave(page: Page, within: str = "body") -> str:
    """What axe-core finds serious or critical inside ``within`` once nothing moves, as JSON; empty when nothing.

    The script is in the package axe-playwright-python, whose own wrapper we do not need.
    """
    page.evaluate(STILL)
    page.evaluate((files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8"))
    found = page.evaluate("async within => (await axe.run({include: [[within]]}, {})).violations", within)
    serious = [one for one in found if one["impact"] in ("serious", "critical")]
    return json.dumps(serious, indent=1)[:3000] if serious else ""
