"""The page a visitor reads: which article it shows, and that article comes first where it fits the question."""

from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import unquote, urlsplit

from knowledge.candidate import Candidate

# The page's article fits when its best passage has at least this share of the best score.
FITS = 0.6
# It then stands this much above the best one.
AHEAD = 0.01
# Below this the server shows every article.
OWN = "articles/"

Place = tuple[str, str]


class Pages:
    """Which article a page shows; ``articles`` are ids with their address, if they have one."""

    def __init__(self, articles: Iterable[tuple[str, str | None]]) -> None:
        self._articles: dict[Place, str] = {}
        for article_id, url in articles:
            self._articles[("", f"/{OWN}{article_id}")] = article_id
            if url and (place := _place(url)):
                self._articles[place] = article_id

    def article_id(self, page_url: str) -> str | None:
        """Of the article at this address, or of the one that gives the path on its site alone; else None."""
        place = _place(page_url)
        return place and (self._articles.get(place) or self._articles.get(("", place[1])))


def lifts(candidates: Sequence[Candidate], scores: Mapping[str, float], page_url: str) -> dict[str, float]:
    """``chunk_id`` to the bonus that puts the best passage of the page's article first; empty where none fits."""
    shown = Pages({one.article_id: one.url for one in candidates}.items()).article_id(page_url)
    own = [one.chunk_id for one in candidates if one.article_id == shown]
    if not own:
        return {}
    best, best_own = max(scores.values()), max(scores[chunk] for chunk in own)
    return dict.fromkeys(own, best - best_own + AHEAD) if best_own >= FITS * best else {}


def _place(url: str) -> Place | None:
    """Host and path; scheme, query, fragment, ``www.`` and a last slash tell no two pages apart. None if it is none."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return (parts.hostname or "").removeprefix("www."), unquote(parts.path).rstrip("/")
