"""Fetcher: one page at a time, over http or https, politely and within caps.

Every hop of a redirect is judged like the first address. Proxies of the environment are not used: behind one nobody
could tell which address is reached.
"""

import time
from dataclasses import dataclass
from importlib.metadata import version

import httpx

from ingest.fetching.body import ACCEPTED, body
from ingest.fetching.failures import Forbidden, Gone, NotFetched, Unanswered
from ingest.fetching.links import same_site
from ingest.fetching.pace import Pace
from ingest.fetching.page import Page
from ingest.fetching.pinning import PinnedTransport, Resolve, resolve

PORTS = frozenset({80, 443})
REDIRECTS = frozenset({301, 302, 303, 307, 308})
GONE = frozenset({404, 410})
NOT_MODIFIED = 304


@dataclass(frozen=True, slots=True)
class Limits:
    """Caps of one request: hops, decoded bytes, seconds without a byte, seconds in all."""

    hops: int = 5
    body_bytes: int = 10_000_000
    idle_seconds: float = 10.0
    seconds: float = 60.0


class Fetcher:
    """Fetches pages; ``ports`` are allowed besides 80 and 443, ``seconds`` is the pause between requests to a host.

    ``allow_private`` lets private and loopback addresses through, metadata services never.
    """

    def __init__(
        self, seconds: float = 1.0, allow_private: bool = False, ports: frozenset[int] = frozenset(),
        limits: Limits | None = None, resolver: Resolve = resolve,
    ) -> None:  # fmt: skip
        self._limits = limits or Limits()
        self._ports = PORTS | ports
        self._pace = Pace(seconds)
        self._client = httpx.Client(
            transport=PinnedTransport(allow_private, resolver),
            timeout=self._limits.idle_seconds,
            trust_env=False,
            headers={"User-Agent": user_agent(), "Accept-Encoding": ACCEPTED},
        )

    def fetch(self, url: str, known: Page | None = None, least_pause: float = 0.0, home: str | None = None) -> Page:
        """The page at ``url``; ``known`` itself where the site says that it has not changed.

        Redirects that leave the site of ``home`` are not followed.

        Raises:
            Gone: there is no such page.
            Forbidden: the address, or one it redirects to, may not be asked.
            NotFetched: another status, a cap, or no answer.
        """
        deadline = time.monotonic() + self._limits.seconds
        for _ in range(self._limits.hops + 1):
            asked = self._checked(url)
            if home and not same_site(url, home):
                raise Forbidden(f"it leads off the site, to {url[:200]}")
            self._pace.wait(asked.host, least_pause)
            try:
                with self._client.stream("GET", asked, headers=_conditions(known), follow_redirects=False) as response:
                    if response.status_code not in REDIRECTS or "location" not in response.headers:
                        return self._page(url, response, known, deadline)
                    url = str(asked.join(response.headers["location"]))
            except (httpx.HTTPError, httpx.InvalidURL) as error:
                raise Unanswered(f"no answer from {asked.host}: {str(error) or type(error).__name__}") from error
        raise NotFetched(f"more than {self._limits.hops} redirects")

    def close(self) -> None:
        """Let go of the connections."""
        self._client.close()

    def _checked(self, url: str) -> httpx.URL:
        try:
            parsed = httpx.URL(url)
        except httpx.InvalidURL as error:
            raise Forbidden(f"{url[:80]!r} is no address ({error})") from error
        if parsed.scheme not in ("http", "https") or not parsed.host:
            raise Forbidden(f"{url[:80]!r} is neither http nor https")
        if parsed.userinfo:
            raise Forbidden("an address with a user name or password in it is not fetched")
        if (port := parsed.port or (80 if parsed.scheme == "http" else 443)) not in self._ports:
            raise Forbidden(f"port {port} is not fetched from; allowed are {', '.join(map(str, sorted(self._ports)))}")
        return parsed

    def _page(self, url: str, response: httpx.Response, known: Page | None, deadline: float) -> Page:
        status = response.status_code
        if status == NOT_MODIFIED and known:
            return known
        if status in GONE:
            raise Gone(f"status {status}: there is no such page")
        if status != httpx.codes.OK:
            again = status >= httpx.codes.INTERNAL_SERVER_ERROR or status == httpx.codes.TOO_MANY_REQUESTS
            raise (Unanswered if again else NotFetched)(f"status {status} {response.reason_phrase}".rstrip())
        headers = response.headers
        content = body(response, self._limits.body_bytes, deadline)
        kind = headers.get("content-type", "")
        return Page(url, kind, content, headers.get("etag", ""), headers.get("last-modified", ""))


def user_agent() -> str:
    """What we call ourselves; robots.txt may name ``Footnote``."""
    return f"Footnote/{version('footnote-assistant')} (site assistant; reads pages for their own site)"


def _conditions(known: Page | None) -> dict[str, str]:
    if known is None:
        return {}
    pairs = {"If-None-Match": known.etag, "If-Modified-Since": known.modified}
    return {name: value for name, value in pairs.items() if value}
