"""Where an article is shown: at its own address, or on a page of this server. Pure."""

from urllib.parse import quote

from knowledge.page import OWN
from knowledge.plain import plain


def address(article_id: str, url: str | None, quoted: str = "", base: str = "") -> str:
    """Where a reader finds an article, at the quoted words where given.

    ``base`` leads to this server and ends with a slash; without it the page here is named as seen from the chat page,
    so that a proxy may offer all of it below any path.
    """
    place = url or base + OWN + quote(article_id)
    if not quoted or "#" in place:
        return place
    return place + "#:~:text=" + _fragment(quoted)


def _fragment(quoted: str) -> str:
    """A text fragment: first and last words of what a reader sees (https://wicg.github.io/scroll-to-text-fragment).

    A fragment ends with its block: of several table cells it names the first.
    """
    seen = plain(quoted).split(" | ")[0].split()
    ends = [" ".join(seen)] if len(seen) <= 8 else [" ".join(seen[:4]), " ".join(seen[-4:])]
    return ",".join(quote(end, safe="").replace("-", "%2D") for end in ends)
