"""The page a visitor reads: its article comes first where it fits the question."""

from collections.abc import Mapping, Sequence
from urllib.parse import unquote, urlsplit

from knowledge.candidate import Candidate

# The page's article fits when its best passage has at least this share of the best score.
FITS = 0.6
# It then stands this much above the best one.
AHEAD = 0.01
# Where the server shows articles that have no address of their own.
OWN = "/articles/"


def lifts(candidates: Sequence[Candidate], scores: Mapping[str, float], page_url: str) -> dict[str, float]:
    """``chunk_id`` to the bonus that puts the best passage of the page's article first; empty where none fits."""
    own = [one.chunk_id for one in candidates if _shows(page_url, one)]
    if not own:
        return {}
    best, best_own = max(scores.values()), max(scores[chunk] for chunk in own)
    return dict.fromkeys(own, best - best_own + AHEAD) if best_own >= FITS * best else {}


def _shows(page_url: str, candidate: Candidate) -> bool:
    place = _place(page_url)
    if place is None:
        return False
    if candidate.url is None:
        return place[1] == OWN + candidate.article_id
    own = _place(candidate.url)
    return own is not None and own in (place, ("", place[1]))  # an article may give the path on its site alone


def _place(url: str) -> tuple[str, str] | None:
    """Host and path; scheme, query, fragment, ``www.`` and a last slash tell no two pages apart. None if it is none."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return (parts.hostname or "").removeprefix("www."), unquote(parts.path).rstrip("/")
