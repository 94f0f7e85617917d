"""Crawl: from one page to all pages of its site that it leads to, breadth first, within caps."""

import time
from collections import Counter, deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ingest.fetching.failures import NotFetched, Unanswered
from ingest.fetching.links import normalised, page_path, runs_in_circles, same_site
from ingest.fetching.page import Page
from ingest.rejection import Rejected

# Addresses that differ in their query alone: a calendar or a filter makes endless ones.
VARIANTS = 10


@dataclass(frozen=True, slots=True)
class Caps:
    """Caps of a whole visit: pages, clicks from the first page, seconds, bytes."""

    pages: int = 5000
    depth: int = 20
    seconds: float = 3 * 3600.0
    total_bytes: int = 2_000_000_000


@dataclass(frozen=True, slots=True)
class Visit:
    """A page that came, or why it did not."""

    asked: str
    page: Page | None
    failure: Rejected | None = None


class Crawl:
    """Iterate to visit; ``unseen`` says afterwards why pages may be missing, or is empty; ``waiting`` are known and not
    visited yet.
    """

    def __init__(self, fetch: Callable[[str], Page], links: Callable[[Page], list[str]], caps: Caps) -> None:
        self._fetch = fetch
        self._links = links
        self._caps = caps
        self._variants: Counter[str] = Counter()
        self._queued: set[str] = set()
        self.unseen = ""
        self.waiting = 0

    def listed(self, urls: Iterator[str], home: str) -> Iterator[Visit]:
        """Visit the pages of a list, those of other sites left out."""
        queue = deque((url, 0) for url in (normalised(one, home) for one in urls) if url and same_site(url, home))
        return self._visited(queue, home, follow=False)

    def followed(self, start: str) -> Iterator[Visit]:
        """Visit a page and all of its site that it leads to."""
        return self._visited(deque([(start, 0)]), start, follow=True)

    def _visited(self, queue: deque[tuple[str, int]], home: str, follow: bool) -> Iterator[Visit]:
        until = time.monotonic() + self._caps.seconds
        came: set[str] = set()
        visits = size = 0
        while queue:
            url, depth = queue.popleft()
            if url in came:
                continue
            if reason := self._spent(visits, size, until):
                self.unseen = reason
                return
            visits += 1
            visit = self._visit(url)
            self.waiting = len(queue)
            yield visit
            if follow and isinstance(visit.failure, Unanswered):
                self.unseen = f"{url} did not come, and what only it leads to was not seen"
            if visit.page:
                came |= {url, visit.page.url}
                size += len(visit.page.body)
                if follow and depth < self._caps.depth:
                    queue += [(link, depth + 1) for link in self._new(visit.page, home)]

    def _visit(self, url: str) -> Visit:
        try:
            return Visit(url, self._fetch(url))
        except NotFetched as failure:
            return Visit(url, None, failure)

    def _new(self, page: Page, home: str) -> Iterator[str]:
        """Links that may be followed, each once."""
        for link in self._links(page):
            url = normalised(link, page.url)
            if not url or url in self._queued or not same_site(url, home) or runs_in_circles(url):
                continue
            if url != page_path(url):
                self._variants[page_path(url)] += 1
                if self._variants[page_path(url)] > VARIANTS:
                    continue
            self._queued.add(url)
            yield url

    def _spent(self, visits: int, size: int, until: float) -> str:
        if visits >= self._caps.pages:
            return f"the cap of {self._caps.pages:,} pages was reached; `--max-pages` sets it"
        if size > self._caps.total_bytes:
            return f"the cap of {self._caps.total_bytes:,} bytes was reached"
        if time.monotonic() > until:
            return f"the cap of {self._caps.seconds:,.0f} seconds was reached"
        return ""
