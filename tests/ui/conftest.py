"""Command line in the same process, and a real server on a free port."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from assistant.settings import ASSISTANT
from assistant.wiring import make_assistant
from ingest.progress import quiet
from ingest.sources import Files
from ingest.sync import sync
from knowledge.settings import Setting
from knowledge.wiring import Knowledge, open_knowledge
from tests.ui.api_standin import ApiStandIn
from tests.ui.chromium import CHROMIUM, FLAGS
from tests.ui.host_page import HostPage
from ui.cli import main
from ui.server.application import serving
from ui.server.service import Service
from ui.server.sites import Sites
from ui.server.visitors import Visitors

Run = Callable[..., tuple[int, str, str]]
Goto = Callable[[], Page]


@pytest.fixture
def footnote(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """``footnote("ask", "...")`` as typed in a shell, on the hashing embedder: ``(exit code, stdout, stderr)``."""
    monkeypatch.setenv("FOOTNOTE_EMBEDDER", "hashing")
    monkeypatch.setattr("os.setpriority", lambda *given: None)  # it would slow the whole run, and cannot be undone

    def run(*words: str) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["footnote", *words])
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = capsys.readouterr()
        return int(ended.value.code or 0), out, err

    return run


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one good article."""
    articles = tmp_path / "site"
    articles.mkdir()
    (articles / "bread.md").write_text("# Bread\n\nBread is baked from flour, water and salt.\n", encoding="utf-8")
    return articles


def service_over(knowledge: Knowledge, **given: Any) -> Service:
    """A service as ``footnote serve`` builds it; without limits, unless ``visitors`` are given."""
    parts = {
        name: given.pop(name)
        for name in ("visitors", "line", "owner", "conversation_days", "root_path", "contact", "spans")
        if name in given
    }
    writer = given.pop("model", None)
    settings = {s.name: s for s in ASSISTANT} | {n: Setting(n, v, "", "test") for n, v in given.items()}
    settings["ollama_url"] = Setting("ollama_url", given.get("ollama_url", "http://127.0.0.1:9"), "", "test")
    return Service(knowledge, make_assistant(knowledge, settings, writer), **parts)


def until(true: Callable[[], Any]) -> None:
    """Wait for something to become true."""
    for _ in range(600):
        if true():
            return
        time.sleep(0.05)
    pytest.fail("it did not happen in 30 seconds")


@dataclass(frozen=True, slots=True)
class Bakery:
    """A server over a small base on the hashing embedder, without limits, and that base."""

    url: str
    knowledge: Knowledge


@pytest.fixture(scope="session")
def bakery(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bakery]:
    """For tests that only read: two short articles about bread and tea, served for the whole run."""
    articles = tmp_path_factory.mktemp("bakery")
    (articles / "bread.md").write_text("# Bread\n\nBread is baked from flour, water and salt.\n", encoding="utf-8")
    (articles / "tea.md").write_text("# Tea\n\nTea is brewed from leaves in hot water.\n", encoding="utf-8")
    knowledge = open_knowledge(tmp_path_factory.mktemp("bakery_base"), "hashing", "test", wait=0)
    sync(knowledge, [Files(str(articles), articles)], quiet)
    service = service_over(knowledge)
    service.warm()
    with serving(service) as url:
        yield Bakery(url, knowledge)
    knowledge.close()


@pytest.fixture(scope="session")
def foreign() -> Iterator[HostPage]:
    """The one foreign origin that may ask ``site``, with the key ``docs``."""
    with HostPage() as page:
        yield page


@pytest.fixture(scope="session")
def site(bundled_base: Knowledge, foreign: HostPage) -> Iterator[str]:
    """The address of the real thing: bundled articles, real embedder, real page."""
    service = service_over(bundled_base, visitors=Visitors(Sites({"docs": frozenset({foreign.url})})))
    service.warm()
    with serving(service) as url:
        yield url


@pytest.fixture
def host(foreign: HostPage, site: str) -> HostPage:
    """The foreign page, fresh, with the widget's plain tag."""
    foreign.head, foreign.html, foreign.policy = "", 'lang="en"', ""
    foreign.carry(site)
    return foreign


@pytest.fixture
def api() -> Iterator[ApiStandIn]:
    """A server whose answers a test scripts."""
    with ApiStandIn() as server:
        yield server


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield started
        started.close()


@pytest.fixture
def page(browser: Browser, foreign: HostPage, api: ApiStandIn) -> Iterator[Page]:
    """A tab; the host page is the test's to fill."""
    foreign.head, foreign.html, foreign.policy = "", 'lang="en"', ""
    foreign.carry(api.url)
    context = browser.new_context(viewport={"width": 1280, "height": 844}, reduced_motion="reduce")
    tab = context.new_page()
    trouble: list[str] = []
    tab.on("pageerror", lambda error: trouble.append(str(error)))
    yield tab
    assert trouble == []
    context.close()


@pytest.fixture
def goto(page: Page, foreign: HostPage) -> Goto:
    """Goes to the host page, once its widget is there."""

    def run() -> Page:
        page.goto(foreign.url)
        expect(page.locator("footnote-chat .launcher").first).to_be_visible(timeout=15_000)
        return page

    return run
