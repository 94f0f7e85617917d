"""Visitor: fetches as a polite guest does: what robots.txt allows, slowly, and only what changed."""

from pathlib import Path
from urllib.parse import urlsplit

from ingest.fetching.fetcher import Fetcher
from ingest.fetching.page import Page
from ingest.fetching.robots import Robots
from ingest.fetching.shelf import Shelf


class Visitor:
    """Visits the pages of one source, and puts them on its shelf in the data ``folder``."""

    def __init__(self, fetcher: Fetcher, folder: Path, source: str) -> None:
        self._fetcher = fetcher
        self._robots = Robots(fetcher)
        self.shelf = Shelf(folder, source)

    def visit(self, url: str, home: str | None = None) -> Page:
        """The page at ``url``, from the shelf where the site says that it has not changed; see ``Fetcher.fetch``.

        Raises:
            NotFetched: see ``Fetcher.fetch`` and ``Robots.check``.
        """
        self._robots.check(url)
        known = self.shelf.get(url)
        page = self._fetcher.fetch(url, known, self._robots.pause(url), home)
        if urlsplit(page.url).netloc != urlsplit(url).netloc:
            self._robots.check(page.url)
        if page is not known:
            self.shelf.put(url, page)
        return page

    def glance(self, url: str) -> Page:
        """The page at ``url``, not kept."""
        self._robots.check(url)
        return self._fetcher.fetch(url, None, self._robots.pause(url))

    def close(self) -> None:
        """Let go of the connections."""
        self._fetcher.close()
