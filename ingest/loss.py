"""The collapse guard: what a sync would take away from a source, and whether that looks like an accident.

A site that answers every page with a login form, a share that was not mounted or a template that went wrong look
like an owner who deleted the articles. So a large loss waits for the owner's word.
"""

from dataclasses import dataclass, field
from typing import Any

from ingest.scan import Found

# Share of a source's articles, or of its characters, that may go without asking.
MOST = 0.3
# In small sources a few articles are a large share; fewer than these are never held back.
FEW = 3
SHOWN = 10


@dataclass
class Loss:
    """``articles_before`` of the source are in the base, with ``characters_before`` together; ``gone`` and ``shrunk``
    hold the characters that each article would lose.
    """

    articles_before: int
    characters_before: int
    gone: dict[str, int] = field(default_factory=dict)
    shrunk: dict[str, int] = field(default_factory=dict)

    def note(self, found: Found) -> None:
        """An article that is written anew."""
        if found.before and (less := found.before.characters - len(found.article.text)) > 0:
            self.shrunk[found.article.article_id] = less

    @property
    def articles(self) -> float:
        """Share of the articles that would go."""
        return len(self.gone) / max(self.articles_before, 1)

    @property
    def text(self) -> float:
        """Share of the characters that would go."""
        return (sum(self.gone.values()) + sum(self.shrunk.values())) / max(self.characters_before, 1)

    def exceeds(self, most: float) -> bool:
        """Is it more than ``most`` (0 to 1) of articles or text?"""
        return len(self.gone) + len(self.shrunk) >= FEW and max(self.articles, self.text) > most

    def as_dict(self, source: str) -> dict[str, Any]:
        """What the owner is shown, of long lists the beginning."""
        shrunk = sorted(self.shrunk, key=lambda one: -self.shrunk[one])
        return {
            "source": source,
            "articles": self.articles_before,
            "would_go": len(self.gone),
            "would_shrink": len(shrunk),
            "share_of_articles": round(self.articles, 3),
            "share_of_text": round(self.text, 3),
            "gone": list(self.gone)[:SHOWN],
            "shrunk": shrunk[:SHOWN],
        }
