"""The page a site shows for addresses that do not exist, where it says 200 instead of 404: a "soft 404"."""

import re
import secrets
from collections.abc import Callable
from urllib.parse import urljoin

from ingest.fetching.failures import NotFetched
from ingest.fetching.page import Page

TITLE = re.compile(r"<title[^>]*>(.*?)</title>", re.IGNORECASE | re.DOTALL)
TAGS = re.compile(r"<(script|style)\b.*?</\1>|<[^>]*>", re.IGNORECASE | re.DOTALL)
# Share of the words (Jaccard) at which a page of the same title is that page.
SAME = 0.9


class MissingPage:
    """Learnt by asking for an address that cannot exist."""

    def __init__(self, home: str, fetch: Callable[[str], Page]) -> None:
        try:
            page = fetch(urljoin(home, f"/footnote-{secrets.token_hex(8)}"))
            self._words, self._title = _said(page)
        except NotFetched:
            self._words, self._title = frozenset[str](), ""

    def is_like(self, page: Page) -> bool:
        """Does ``page`` have the same title and say the same?"""
        if not self._words:
            return False
        words, title = _said(page)
        return title == self._title and len(words & self._words) >= SAME * len(words | self._words)


def _said(page: Page) -> tuple[frozenset[str], str]:
    text = page.body.decode("utf-8", "replace")
    title = TITLE.search(text)
    return frozenset(TAGS.sub(" ", text).split()), title.group(1).strip() if title else ""
