"""Reports: they agree with the gate, and foreign text stays text in each of them."""

import csv
import io
import re
from pathlib import Path
from xml.etree import ElementTree as xml

import pytest
from playwright.sync_api import Browser, expect

from evals.baseline import checks
from evals.reports.files import write_reports
from evals.reports.junit import junit
from evals.reports.markdown import markdown
from evals.reports.page import page
from evals.reports.table import table
from evals.results import Run
from tests.evals.rows import made, row
from tests.ui.conftest import browser

__all__ = ["browser"]

HOSTILE = "</script><script>window.hit=1</script><img src=x onerror=window.hit=1>|*x*[l](javascript:1)\0\u2028"
KNOWN = {"kitchen": {"extractive": {"cases": 2, "failures": ["b"], "metrics": {"fact_recall": 0.25}}}}


def run(count: int = 4, text: str = "plain") -> Run:
    statuses = ["pass", "fail", "error", "skipped"]
    return made(*(row(f"case-{n}", statuses[n % 4], turns=(text,), reason=text, tags=(text,)) for n in range(count)))


def test_junit_has_a_case_a_check_and_keeps_fail_error_and_skipped_apart() -> None:
    document = xml.fromstring(junit(checks(run(text=HOSTILE), {})))  # noqa: S314 (our own)
    assert {name: document.get(name) for name in ("tests", "failures", "errors", "skipped")} == {
        "tests": "4", "failures": "1", "errors": "1", "skipped": "1",
    }  # fmt: skip
    scores = {one.get("name"): one.get("value") for one in document.findall(".//testcase[@name='case-0']//property")}
    assert scores == {"fact_recall": "1", "total_ms": "10"}
    failure = document.find(".//failure")
    assert failure is not None
    assert failure.get("message") == HOSTILE.replace("\0", "\ufffd")


def test_the_table_has_a_line_a_row_and_no_cell_is_a_formula() -> None:
    lines = list(csv.DictReader(io.StringIO(table(run(text="=HYPERLINK(1)")))))
    assert [line["status"] for line in lines] == ["pass", "fail", "error", "skipped"]
    assert lines[0]["question"] == "'=HYPERLINK(1)"
    assert lines[0]["fact_recall"] == "1.0"


def test_the_summary_names_the_verdict_the_slices_and_what_moved() -> None:
    good = made(row("a"), row("b", "fail"))
    text = markdown(good, checks(good, KNOWN), KNOWN)
    assert text.startswith("# Eval run\n\nThe gate is open: 3 checks, 1 accepted failures, 0 stale, 0 skipped.")
    assert "| all cases | 1 | 1 | 0 | 0 | 0 | 0.500 (0.00–1.00) |" in text
    assert "- kitchen: fact\\_recall +0.250 ▲" in text
    assert "| tag: list | 1 | 1 | 0 | 0 | 0 |" in text


def test_foreign_text_in_the_summary_is_no_markup() -> None:
    text = markdown(run(text=HOSTILE), checks(run(text=HOSTILE), {}), {})
    assert "<script" not in text
    assert "\\[l](javascript" in text
    assert "\\|\\*x\\*" in text


def test_the_page_is_one_file_that_names_no_other_and_stays_small() -> None:
    long = "A sentence of an answer with some words in it. " * 12
    cites = [{"n": n, "title": long[:40], "section": long[:40], "quote": long} for n in range(6)]
    hit = {"article_id": "an-article", "section": long[:40], "score": 0.1234567, "gold": "fact", "text": long[:300]}
    answer = {"answer": long, "confidence": 0.5, "model": {"name": "m"}, "trace_id": "0" * 32, "citations": cites}
    given = {
        "reason": long[:200], "answer": answer, "hits": (hit,) * 10, "turns": (long[:80],),
        "facts": {f"a fact of some words {n}": False for n in range(3)},
        "metrics": dict.fromkeys("abcdefghijkl", 0.123456),
    }  # fmt: skip
    rows = [row(f"case-{number}", "fail", **given) for number in range(500)]
    text = page(made(*rows), checks(made(*rows), {}), {})
    assert len(text.encode()) <= 2_000_000
    assert "default-src 'none'" in text
    assert not re.search(r"https?://|(?:src|href)=|@import|url\(", text.split('<script type="application/json"')[0])


@pytest.mark.browser
def test_the_page_works_from_disk_by_keyboard_and_runs_nothing_foreign(browser: Browser, tmp_path: Path) -> None:
    found = run(12, HOSTILE)
    write_reports(tmp_path, found, checks(found, {}), {})
    context = browser.new_context(color_scheme="dark")
    tab = context.new_page()
    errors: list[str] = []
    asked: list[str] = []
    tab.on("pageerror", lambda error: errors.append(str(error)))
    tab.on("request", lambda request: asked.append(request.url))
    tab.goto((tmp_path / "report.html").as_uri())
    lines = tab.locator("#matrix tbody tr")
    expect(lines).to_have_count(12)
    expect(lines.first).to_contain_text("! error")
    tab.keyboard.press("j")
    tab.keyboard.press("j")
    expect(lines.nth(1)).to_be_focused()
    tab.keyboard.press("Enter")
    expect(tab.locator("#detail")).to_contain_text("★ says a fact")
    expect(tab.locator("#detail-title")).to_be_in_viewport()
    tab.keyboard.press("Escape")
    expect(lines.nth(1)).to_be_focused()
    tab.keyboard.press("/")
    tab.keyboard.type("case-7")
    expect(lines).to_have_count(1)
    expect(tab.locator(".gate")).to_contain_text("The gate is closed")
    assert tab.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(20, 24, 28)"
    assert tab.evaluate("window.hit") is None
    assert errors == []
    assert [url for url in asked if not url.startswith("file:")] == []
    context.close()
