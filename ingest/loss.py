"""The collapse guard: what a sync would take away from a source, and whether that looks like an accident.

A site that answers every page with a login form, a share that was not mounted or a template that went wrong look
like an owner who deleted the articles. So a large loss waits for the owner's word.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from knowledge.article import Article

# Share of a source's articles, or of its characters, that may go without asking.
MOST = 0.3
# In small sources a few articles are a large share; fewer than these are never held back.
FEW = 3
SHOWN = 10


@dataclass
class Loss:
    """``before`` holds the characters of every article that the source has in the base."""

    before: Mapping[str, int]
    gone: list[str] = field(default_factory=list)
    shrunk: dict[str, int] = field(default_factory=dict)  # article_id -> characters lost

    def note(self, article: Article) -> None:
        """An article that is written anew."""
        if (less := self.before.get(article.article_id, 0) - len(article.text)) > 0:
            self.shrunk[article.article_id] = less

    @property
    def articles(self) -> float:
        """Share of the articles that would go."""
        return len(self.gone) / max(len(self.before), 1)

    @property
    def text(self) -> float:
        """Share of the characters that would go."""
        lost = sum(self.before.get(one, 0) for one in self.gone) + sum(self.shrunk.values())
        return lost / max(sum(self.before.values()), 1)

    def exceeds(self, most: float) -> bool:
        """Is it more than ``most`` (0 to 1) of articles or text?"""
        return len(self.gone) + len(self.shrunk) >= FEW and max(self.articles, self.text) > most

    def as_dict(self, source: str) -> dict[str, Any]:
        """What the owner is shown, of long lists the beginning."""
        shrunk = sorted(self.shrunk, key=lambda one: -self.shrunk[one])
        return {
            "source": source,
            "articles": len(self.before),
            "would_go": len(self.gone),
            "would_shrink": len(shrunk),
            "share_of_articles": round(self.articles, 3),
            "share_of_text": round(self.text, 3),
            "gone": self.gone[:SHOWN],
            "shrunk": shrunk[:SHOWN],
        }
