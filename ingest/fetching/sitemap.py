"""Sitemaps (sitemaps.org): pages, and indexes of further sitemaps; XML, perhaps gzip."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from lxml import etree

from ingest.fetching.body import gunzipped
from ingest.fetching.failures import NotFetched
from ingest.fetching.page import Page

# The protocol allows 50 MB; an index of indexes is not allowed by it, and two steps down nobody looks.
LIMIT_BYTES = 50_000_000
DEEPEST = 3
MOST = 1000


@dataclass(frozen=True, slots=True)
class Sitemap:
    """Addresses in the order of the file."""

    pages: tuple[str, ...]
    sitemaps: tuple[str, ...]


def parse(data: bytes) -> Sitemap | None:
    """What a sitemap lists; None for a file that is none.

    Raises:
        NotFetched: it is gzip and damaged, or too large.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
    try:
        root = etree.fromstring(gunzipped(data, LIMIT_BYTES), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    name = etree.QName(root).localname
    if name not in ("urlset", "sitemapindex"):
        return None
    found = tuple(place.text.strip() for place in root.iterfind("{*}*/{*}loc") if place.text and place.text.strip())
    return Sitemap(found, ()) if name == "urlset" else Sitemap((), found)


def addresses(first: Sitemap, fetch: Callable[[str], Page]) -> Iterator[str]:
    """Every page of a sitemap and of those it lists, each address once.

    Raises:
        NotFetched: one of them does not come, or is no sitemap: half a site must not look like the whole.
    """
    seen: set[str] = set()
    waiting = [(first, 0)]
    for at, (sitemap, depth) in enumerate(waiting):
        yield from (page for page in sitemap.pages if page not in seen and not seen.add(page))  # type: ignore[func-returns-value]
        for url in sitemap.sitemaps if depth < DEEPEST and at < MOST else ():
            if url not in seen:
                seen.add(url)
                waiting.append((_fetched(url, fetch), depth + 1))


def _fetched(url: str, fetch: Callable[[str], Page]) -> Sitemap:
    try:
        found = parse(fetch(url).body)
    except NotFetched as error:
        raise NotFetched(f"the sitemap {url}: {error}") from error
    if found is None:
        raise NotFetched(f"the sitemap {url} is none: it has neither urlset nor sitemapindex")
    return found
