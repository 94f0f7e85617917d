"""Milliseconds from Enter to the status line and to the first words of the answer, on the chat page in Chromium.

python -m benchmarks.first_sight [--questions 30]
"""

import argparse
import shutil
import statistics
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from benchmarks.screenshots import FLAGS
from ingest.sources import bundled
from ingest.sync import sync
from ui.opened import open_base, settings_for
from ui.server.application import serving
from ui.server.service import open_service

# Asked in turn, each in a conversation of its own.
QUESTIONS = ("Why would I pick an open model?", "What is a token?", "What is retrieval-augmented generation?")

WATCH = """() => {
  window.seen = new Promise((done) => addEventListener("keydown", () => {
    const start = performance.now();
    const found = {};
    const watch = new MutationObserver(() => {
      const talk = document.querySelector("#fn-chat");
      if (!found.status && talk.querySelector(".bot-row, .fn-status")) found.status = performance.now() - start;
      if (!talk.querySelector(".fn-answer")) return;
      watch.disconnect();
      done({...found, answer: performance.now() - start});
    });
    watch.observe(document.body, {childList: true, subtree: true});
  }, {once: true}));
}"""


def measured(page: Page, question: str) -> dict[str, float]:
    """One question in a new conversation: ``status`` and ``answer``."""
    page.locator("#fn-new").click()
    page.locator("#fn-chat .user-row").wait_for(state="detached")
    page.locator("#fn-message textarea").fill(question)
    page.evaluate(WATCH)
    page.locator("#fn-message textarea").press("Enter")
    found: dict[str, float] = page.evaluate("window.seen")
    page.locator(".fn-badge").wait_for()
    page.locator("#fn-message .submit-button").wait_for()
    return found


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--questions", type=int, default=30)
    count = parser.parse_args().questions
    chromium = next(found for name in ("chromium", "google-chrome") if (found := shutil.which(name)))
    with tempfile.TemporaryDirectory() as folder:
        settings = settings_for(Path(folder))
        with open_base(settings, "first sight") as knowledge:
            sync(knowledge, [bundled()], lambda line: None)
        with open_service(settings) as service, serving(service) as url, sync_playwright() as playwright:
            service.warm()
            browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
            page = browser.new_page()
            page.goto(url)
            page.locator("#fn-starters button").first.wait_for()
            times = [measured(page, QUESTIONS[n % len(QUESTIONS)]) for n in range(count)]
            browser.close()
    for name in ("status", "answer"):
        found = sorted(time[name] for time in times)
        print(
            f"{name}: median {statistics.median(found):.0f} ms, p95 {found[int(0.95 * (count - 1))]:.0f} ms, n={count}"
        )


if __name__ == "__main__":
    main()
