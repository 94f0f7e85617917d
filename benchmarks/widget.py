"""What the widget costs a page: bytes, requests, layout shift, long tasks, and the time to an answer.

python -m benchmarks.widget [--runs 5]

The page is ``/demo`` over the bundled articles on the hashing embedder, in Chromium; medians of the runs.
"""

import argparse
import gzip
import shutil
import statistics
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from ingest.progress import quiet
from ingest.sources import bundled
from ingest.sync import sync
from knowledge.settings import Setting
from ui.opened import open_base, settings_for
from ui.server.application import serving
from ui.server.service import open_service
from ui.widget.files import DIST

FLAGS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
WATCH = """
window.shift = 0; window.long = [];
new PerformanceObserver(seen => seen.getEntries().forEach(one => { if (!one.hadRecentInput) shift += one.value }))
  .observe({type: "layout-shift", buffered: true});
new PerformanceObserver(seen => seen.getEntries().forEach(one => long.push(one.duration)))
  .observe({type: "longtask", buffered: true});
"""


def visit(browser: Browser, url: str) -> dict[str, float]:
    """One visit: load, wait, open, ask."""
    page = browser.new_page(viewport={"width": 1280, "height": 844})
    page.add_init_script(WATCH)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(url + "/demo")
    page.locator("footnote-chat .launcher").wait_for()
    page.wait_for_timeout(1000)
    found = {
        "files before the first click": sum("/widget/" in one for one in asked),
        "API requests before the first click": sum("/api/" in one for one in asked),
        "layout shift": page.evaluate("shift"),
        "long tasks while loading, ms": page.evaluate("long.reduce((sum, one) => sum + one, 0)"),
    }
    page.evaluate("long.length = 0")
    started = time.perf_counter()
    page.locator("footnote-chat .launcher").click()
    page.locator("footnote-chat .input").wait_for()
    found["click to input, ms"] = (time.perf_counter() - started) * 1000
    page.locator("footnote-chat .input").fill("What is an open model?")
    started = time.perf_counter()
    page.keyboard.press("Enter")
    page.locator("footnote-chat .tools").wait_for()
    found["question to answer, ms"] = (time.perf_counter() - started) * 1000
    found["long tasks, opening and answering, ms"] = page.evaluate("long.reduce((sum, one) => sum + one, 0)")
    page.close()
    return found


def weights() -> dict[str, int]:
    """Bytes, gzip, as they are served."""
    size = {path.name: len(gzip.compress(path.read_bytes(), 9)) for path in DIST.iterdir()}
    language = max(size[name] for name in size if name.startswith("strings-"))
    panel = sum(size[name] for name in size if name.startswith("panel-"))
    return {"loader": size["loader.js"], "panel": panel, "language": language}


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    runs = parser.parse_args().runs
    parts = weights()
    for name, size in (parts | {"whole": sum(parts.values())}).items():
        print(f"{name}, bytes gzip: {size}")
    chromium = next(found for name in ("chromium", "google-chrome") if (found := shutil.which(name)))
    with tempfile.TemporaryDirectory() as folder:
        settings = settings_for(Path(folder)) | {"embedder": Setting("embedder", "hashing", "")}
        with open_base(settings, "benchmark") as knowledge:
            sync(knowledge, [bundled()], quiet)
        with open_service(settings) as service, serving(service) as url, sync_playwright() as playwright:
            service.warm()
            browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
            visits = [visit(browser, url) for _ in range(runs)]
            browser.close()
    for name in visits[0]:
        print(f"{name}: {statistics.median(one[name] for one in visits):.4g}")


if __name__ == "__main__":
    main()
