"""A site as a source: one page, all pages of a sitemap, or a crawl from one page on."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from ingest import child
from ingest.documents import PageDocument
from ingest.fetching.crawl import Caps, Crawl, Visit
from ingest.fetching.failures import Gone, NotFetched
from ingest.fetching.fetcher import Fetcher, Limits
from ingest.fetching.links import normalised
from ingest.fetching.missing import MissingPage
from ingest.fetching.page import Page
from ingest.fetching.sitemap import addresses, parse
from ingest.fetching.visitor import Visitor
from ingest.progress import Progress, Step, quiet
from knowledge.errors import DependencyDown, UsageError

CRAWL = "crawl:"


@dataclass(frozen=True, slots=True)
class Web:
    """How pages are fetched: where they are kept, seconds between requests to a host, private addresses, caps of a
    visit, limits of a request, and who is told.
    """

    folder: Path
    seconds: float = 1.0
    allow_private: bool = False
    caps: Caps = field(default_factory=Caps)
    limits: Limits = field(default_factory=Limits)
    progress: Progress = quiet


class Site:
    """``key`` is the address as given, with ``crawl:`` in front where links are followed."""

    def __init__(self, given: str, web: Web) -> None:
        self.key = given
        self._crawled = given.startswith(CRAWL)
        self._start = _start(given.removeprefix(CRAWL))
        self._web = web
        self._found: list[PageDocument] | None = None
        self._crawl: Crawl | None = None
        self.unseen = ""

    @property
    def name(self) -> str:
        """The host, put in front of an article id that another source already has."""
        return urlsplit(self._start).hostname or self._start

    @property
    def place(self) -> str:
        """What messages call it."""
        return self._start

    def documents(self) -> Iterator[PageDocument]:
        """Every page; the first call fetches them all, so that nothing is written before the whole site was seen.

        Raises:
            DependencyDown: the first page, or a sitemap, does not come.
        """
        if self._found is None:
            self._found = list(self._fetched())
        yield from self._found

    def _fetched(self) -> Iterator[PageDocument]:
        port = urlsplit(self._start).port
        fetcher = Fetcher(
            self._web.seconds, self._web.allow_private, frozenset([port] if port else []), self._web.limits
        )
        visitor = Visitor(fetcher, self._web.folder, self.key)
        try:
            visits = []
            for visit in self._visits(visitor):
                visits.append(visit)
                self._web.progress(Step("pages fetched", len(visits), len(visits) + self._waiting()))
        except NotFetched as error:
            raise DependencyDown(
                f"{self._start} was not fetched: {error}", "nothing of it was changed; check the address and try again"
            ) from error
        finally:
            visitor.close()
        if not self.unseen:
            visitor.shelf.keep_only([visit.asked for visit in visits])
        yield from _documents(visits, visitor)

    def _waiting(self) -> int:
        return self._crawl.waiting if self._crawl else 0

    def _visits(self, visitor: Visitor) -> Iterator[Visit]:
        first = visitor.visit(self._start)
        sitemap = parse(first.body)
        if not sitemap and not self._crawled:
            yield Visit(self._start, first)
            return
        missing = MissingPage(first.url, visitor.glance)

        def fetch(url: str) -> Page:
            page = first if url == self._start else visitor.visit(url, first.url)
            if missing.is_like(page):
                raise Gone("the site shows its page for addresses that do not exist (a soft 404)")
            return page

        crawl = self._crawl = Crawl(fetch, child.shared().links, self._web.caps)
        if sitemap:
            yield from crawl.listed(addresses(sitemap, visitor.glance), first.url)
        else:
            yield from crawl.followed(first.url)
        self.unseen = crawl.unseen


def _documents(visits: list[Visit], visitor: Visitor) -> Iterator[PageDocument]:
    """One for each page, though several addresses may have led to it."""
    seen: set[str] = set()
    for visit in visits:
        page = visit.page
        if page is None:
            yield PageDocument(visit.asked, visit.asked, "", visitor.shelf, visit.failure)
        elif page.url not in seen:
            seen.add(page.url)
            yield PageDocument(visit.asked, page.url, page.content_type, visitor.shelf)


def _start(given: str) -> str:
    start = normalised(given, "")
    if start is None and given.startswith(("http://", "https://")) and _host(given):
        start = given  # a sitemap's name ends like no page's
    if start is None:
        raise UsageError(f"{given!r} is not an address of a site", "give one like https://example.org/")
    return start


def _host(given: str) -> str | None:
    try:
        return urlsplit(given).hostname
    except ValueError:
        return None
