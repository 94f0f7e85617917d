"""Addresses on a site: one spelling for each, which belong to the site, and which lead round in circles."""

import re
from collections import Counter
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

# Parameters that tell where a visitor came from, not which page is meant.
TRACKING = re.compile(r"utm_\w+|fbclid|gclid|msclkid|mc_[ce]id|ref|sessionid|phpsessid|jsessionid|sid", re.IGNORECASE)
NO_PAGE = re.compile(
    r"\.(png|jpe?g|gif|webp|avif|svg|ico|css|m?js|json|xml|rss|atom|zip|gz|tgz|rar|7z|exe|dmg|apk|mp[34]|webm|ogg|wav"
    r"|mov|avi|woff2?|ttf|eot|csv|xlsx?|pptx?|ics)$",
    re.IGNORECASE,
)
LONGEST = 2000
DEEPEST_PATH = 15
# A path that says the same three times runs in a circle (the rule of Heritrix).
REPEATED = 3


def normalised(link: str, base: str) -> str | None:
    """The one spelling of an http(s) address found on the page ``base``, or None where it is none of a page."""
    try:
        parts = urlsplit(urljoin(base, link.strip()))
        host = (parts.hostname or "").encode("idna").decode() if parts.hostname else ""
        port = parts.port
    except (ValueError, UnicodeError):
        return None
    if parts.scheme not in ("http", "https") or not host or NO_PAGE.search(parts.path):
        return None
    place = f"[{host}]" if ":" in host else host
    if port and port != {"http": 80, "https": 443}[parts.scheme]:
        place = f"{place}:{port}"
    pairs = [(name, value) for name, value in parse_qsl(parts.query, True) if not TRACKING.fullmatch(name)]
    return urlunsplit((parts.scheme, place, parts.path or "/", urlencode(sorted(pairs)), ""))


def same_site(one: str, other: str) -> bool:
    """The same host and port, be it with ``www.`` or over the other scheme."""
    return _site(one) == _site(other)


def runs_in_circles(url: str) -> bool:
    """An address that a trap made: too long, too deep, or with a part of its path over and over."""
    steps = [step for step in urlsplit(url).path.split("/") if step]
    return len(url) > LONGEST or len(steps) > DEEPEST_PATH or max(Counter(steps).values(), default=0) >= REPEATED


def page_path(url: str) -> str:
    """The address without its query."""
    return urlsplit(url)._replace(query="").geturl()


def _site(url: str) -> tuple[str, int | None]:
    parts = urlsplit(url)
    port = parts.port if parts.port not in (80, 443) else None
    return (parts.hostname or "").removeprefix("www."), port
