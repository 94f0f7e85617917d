"""Questions to offer in the widget: those of the page a visitor is reading first, then those of the whole site."""

from collections.abc import Callable, Iterable
from functools import cached_property
from itertools import islice

from assistant.question import check
from knowledge.article import Article
from knowledge.page import Pages
from knowledge.terms import words
from ui.pages.starters import COUNT, starters
from ui.server.service import Service


class Offers:
    """``chosen`` are the owner's starters. What is looked up is kept: the base does not change while it is served."""

    def __init__(self, service: Service, chosen: str) -> None:
        self._service = service
        self._chosen = chosen
        self._of_article: dict[str, list[str]] = {}

    def of_page(self, page_url: str) -> list[str]:
        """Title and headings of the page's article that ask something and get an answer; none without an article."""
        return self.of_article(self._pages.article_id(page_url) or "", page_url)

    def of_article(self, article_id: str, page_url: str = "") -> list[str]:
        """The same of an article; ``page_url`` is where a visitor reads it."""
        if article_id not in self._of_article:
            article = self._service.knowledge.catalogue.article(article_id)
            if article is None:
                return []
            self._of_article[article_id] = list(islice(filter(self._answered(page_url), _asking(article)), COUNT))
        return self._of_article[article_id]

    @cached_property
    def of_site(self) -> list[str]:
        """The starters of an empty page."""
        return starters(self._service, self._chosen)[:COUNT]

    def _answered(self, page_url: str) -> Callable[[str], bool]:
        """Asks as a visitor of the page would."""

        def ask(question: str) -> bool:
            return self._service.assistant.answers(check(question, page_url=page_url))

        return ask

    @cached_property
    def _pages(self) -> Pages:
        return Pages((article.article_id, article.url) for article in self._service.knowledge.catalogue.articles())


def _asking(article: Article) -> Iterable[str]:
    headings = [block.path[-1] for block in article.blocks if block.kind == "heading" and block.path]
    return dict.fromkeys(text for text in [article.title, *headings] if text.endswith("?") and words(text))
