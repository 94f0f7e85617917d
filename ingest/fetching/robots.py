"""robots.txt: what a site asks of robots (RFC 9309), read by Protego."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from protego import Protego

from ingest.fetching.failures import Forbidden, NotFetched, Unanswered
from ingest.fetching.fetcher import Fetcher

AGENT = "Footnote"
# RFC 9309 asks for 500 kiB at least; a pause of more than half a minute is an endless crawl.
LIMIT_CHARACTERS = 512_000
LONGEST_PAUSE = 30.0


@dataclass(frozen=True, slots=True)
class Rules:
    """What one site allows; ``closed`` says why nothing is, where its robots.txt cannot be had."""

    parsed: Protego
    closed: str = ""


class Robots:
    """The rules of every site that is asked; each robots.txt is fetched once."""

    def __init__(self, fetcher: Fetcher) -> None:
        self._fetcher = fetcher
        self._rules: dict[str, Rules] = {}

    def check(self, url: str) -> None:
        """Pass where ``url`` may be fetched.

        Raises:
            Forbidden: robots.txt disallows it.
            Unanswered: robots.txt cannot be had, which disallows everything for now (RFC 9309, 2.3.1.4).
        """
        rules = self._of(url)
        if rules.closed:
            raise Unanswered(rules.closed)
        if not rules.parsed.can_fetch(url, AGENT):
            raise Forbidden("robots.txt disallows it")

    def pause(self, url: str) -> float:
        """Seconds the site wishes between two requests."""
        return min(float(self._of(url).parsed.crawl_delay(AGENT) or 0), LONGEST_PAUSE)

    def _of(self, url: str) -> Rules:
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self._rules:
            self._rules[origin] = self._fetched(f"{origin}/robots.txt")
        return self._rules[origin]

    def _fetched(self, url: str) -> Rules:
        try:
            text = self._fetcher.fetch(url).body.decode("utf-8", "replace")
        except Forbidden:
            raise
        except Unanswered as error:
            return Rules(Protego.parse(""), f"its robots.txt: {error}")
        except NotFetched:
            text = ""
        return Rules(Protego.parse(text[:LIMIT_CHARACTERS]))
