"""A whole site, traps included, comes into the base; what changes on it changes there, and nothing else."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.fetching.crawl import Caps
from ingest.fetching.fetcher import Limits
from ingest.progress import quiet
from ingest.report import Report
from ingest.site import Site, Web
from ingest.sync import sync
from knowledge.errors import DependencyDown
from knowledge.wiring import Knowledge
from tests.ingest.trap_site import TrapSite, serving

QUICK = Limits(body_bytes=2_000_000, idle_seconds=10.0, seconds=3.0)


@pytest.fixture
def trap() -> Iterator[TrapSite]:
    with serving() as site:
        yield site


def visit(base: Knowledge, given: str, caps: Caps | None = None) -> Report:
    web = Web(base.folder, seconds=0, allow_private=True, caps=caps or Caps(), limits=QUICK)
    return sync(base, [Site(given, web)], quiet)


def reasons(report: Report, trap: TrapSite) -> dict[str, str]:
    return {one["source"].removeprefix(trap.address): one["reason"] for one in report.rejected}


def test_a_crawl_reads_the_articles_and_tells_every_trap(base: Knowledge, trap: TrapSite) -> None:
    trap.places = (*trap.places, "/slow")
    report = visit(base, f"crawl:{trap.address}/")
    articles = dict(base.catalogue.known())
    assert {f"{trap.address}/articles/{number}" for number in range(40)} <= articles.keys()
    told = reasons(report, trap)
    assert told["/to-metadata"].startswith("it leads off the site, to http://169.254.169.254/")
    assert told["/to-inside"] == "it leads off the site, to http://10.0.0.7/admin"
    assert told["/to-file"].startswith("'file:/etc/passwd' is neither http nor https")
    assert "port 6379" in told["/to-port"]
    assert told["/to-itself"] == "more than 5 redirects"
    assert told["/bomb"] == "more than 2,000,000 bytes"
    assert told["/slow"] == "it comes too slowly"
    assert told["/broken"] == "status 500 Internal Server Error"
    assert "noindex" in told["/noindex"]
    assert "robots.txt" in told["/private/"]
    assert "soft 404" in told["/nowhere/at-all"]
    assert told["/empty"] == "empty page"
    assert trap.requests["/private/"] == 0
    assert trap.requests["/picture.png"] == 0
    assert trap.requests["/calendar"] <= 12
    assert max(count for path, count in trap.requests.items() if path.startswith("/articles/")) == 1
    assert sum(path.startswith("/circle/") for path in trap.requests) <= 4
    assert not any("elsewhere" in key for key in articles)


def test_a_second_crawl_asks_only_what_changed_and_embeds_nothing(base: Knowledge, trap: TrapSite) -> None:
    first = visit(base, f"crawl:{trap.address}/")
    trap.statuses.clear()
    second = visit(base, f"crawl:{trap.address}/")
    assert (second.added, second.changed, second.removed, second.computed) == (0, 0, 0, 0)
    assert second.unchanged == first.added
    assert trap.statuses[304] >= 40


def test_an_edited_page_changes_and_one_taken_away_goes_but_an_emptied_one_stays(
    base: Knowledge, trap: TrapSite
) -> None:
    visit(base, f"{trap.address}/sitemap.xml")
    trap.edited.add("/articles/5")
    trap.taken_away.add("/articles/6")
    trap.emptied.add("/articles/7")
    report = visit(base, f"{trap.address}/sitemap.xml")
    assert (report.added, report.changed, report.removed, report.unchanged) == (0, 1, 1, 27)
    known = dict(base.catalogue.known())
    assert f"{trap.address}/articles/6" not in known
    assert f"{trap.address}/articles/7" in known


def test_hidden_text_and_surroundings_stay_out_and_the_footer_becomes_metadata(base: Knowledge, trap: TrapSite) -> None:
    visit(base, f"crawl:{trap.address}/")
    texts = " ".join(article.text for article in base.catalogue.articles())
    assert "SECRET" not in texts
    assert "Korst BV" not in texts
    assert "für Brötchen" in texts
    article = base.catalogue.article(f"{trap.address}/articles/4")
    assert article is not None
    assert (article.title, article.author, article.ai_generated) == ("About barley, part 4", "Mira", True)
    assert article.url == f"{trap.address}/articles/4"
    assert "- flour of barley" in article.text


def test_one_page_is_a_source(base: Knowledge, trap: TrapSite) -> None:
    report = visit(base, f"{trap.address}/articles/9")
    assert (report.added, report.rejected) == (1, [])
    assert {path for path in trap.requests if path.startswith("/art")} == {"/articles/9"}


def test_a_capped_crawl_takes_nothing_away(base: Knowledge, trap: TrapSite) -> None:
    visit(base, f"crawl:{trap.address}/")
    before = dict(base.catalogue.known()).keys()
    report = visit(base, f"crawl:{trap.address}/", replace(Caps(), pages=10))
    assert report.removed == 0
    assert dict(base.catalogue.known()).keys() == before
    assert "10 pages" in report.notes[0]


@pytest.mark.parametrize("path", ["/broken", "/to-metadata", "/private/"])
def test_a_first_page_that_does_not_come_changes_nothing(base: Knowledge, trap: TrapSite, path: str) -> None:
    with pytest.raises(DependencyDown, match="was not fetched"):
        visit(base, trap.address + path)


def test_without_the_owners_word_loopback_is_not_fetched(base: Knowledge, trap: TrapSite, tmp_path: Path) -> None:
    with pytest.raises(DependencyDown, match="not a public address"):
        sync(base, [Site(trap.address, Web(base.folder, seconds=0))], quiet)
    assert not trap.requests
