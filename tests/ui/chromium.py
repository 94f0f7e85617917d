"""A real Chromium, where one is found; without one the tests that need it are skipped, and say so."""

import shutil

import pytest
from playwright.sync_api import Page

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
