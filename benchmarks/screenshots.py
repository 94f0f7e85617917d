"""Screenshots of the chat page's main states, for the documents.

python -m benchmarks.screenshots [--out docs/images]
"""

import argparse
import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from ingest.sources import bundled
from ingest.sync import sync
from ui.opened import open_base, settings_for
from ui.server.application import serving
from ui.server.service import open_service

STATES = {
    "empty": [],
    "answer": ["Why would I pick an open model?"],
    "refusal": ["How do I bake sourdough bread?"],
}
WIDTHS = {"wide": (1280, 800), "narrow": (390, 844)}
FLAGS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"]


def shoot(browser: Browser, url: str, out: Path) -> None:
    """One picture a state, width and colour scheme."""
    for width, (w, h) in WIDTHS.items():
        for scheme in ("light", "dark") if width == "wide" else ("light",):
            for state, questions in STATES.items():
                page = browser.new_page(viewport={"width": w, "height": h}, color_scheme=scheme)
                page.goto(url)
                page.locator("#fn-starters button").first.wait_for()
                for question in questions:
                    page.locator("#fn-message textarea").fill(question)
                    page.keyboard.press("Enter")
                    page.locator(".fn-badge").last.wait_for()
                page.wait_for_timeout(800)
                page.screenshot(path=out / f"chat-{state}-{width}{'-dark' if scheme == 'dark' else ''}.png")
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
            sync(knowledge, [bundled()], lambda line: None)
        with open_service(settings) as service, serving(service) as url, sync_playwright() as playwright:
            service.warm()
            browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
            shoot(browser, url, out)
            browser.close()


if __name__ == "__main__":
    main()
