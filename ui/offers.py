"""Questions to offer in the widget: those of the page a visitor is reading first, then those of the whole site."""

from collections.abc import Callable, Iterable
from functools import cached_property
from itertools import islice
from urllib.parse import unquote

from assistant.question import check
from knowledge.article import Article
from knowledge.terms import words
from ui.page_url import page_parts
from ui.service import Service
from ui.starters import COUNT, starters

OWN_PAGES = "/articles/"


class Offers:
    """``chosen`` are the owner's starters. What is looked up is kept: the base does not change while it is served."""

    def __init__(self, service: Service, chosen: str) -> None:
        self._service = service
        self._chosen = chosen
        self._of_article: dict[str, list[str]] = {}

    def of_page(self, page_url: str, host: str) -> list[str]:
        """Title and headings of the page's article that ask something and get an answer; none without an article."""
        article_id = self._article_id(page_url, host) or ""
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

    def _article_id(self, page_url: str, host: str) -> str | None:
        parts = page_parts(page_url)
        if parts.netloc == host and parts.path.startswith(OWN_PAGES):
            return unquote(parts.path.removeprefix(OWN_PAGES))
        return self._by_address.get(_address(page_url))

    @cached_property
    def _by_address(self) -> dict[str, str]:
        articles = self._service.knowledge.catalogue.articles()
        return {_address(article.url): article.article_id for article in articles if article.url}


def _asking(article: Article) -> Iterable[str]:
    headings = [block.path[-1] for block in article.blocks if block.kind == "heading" and block.path]
    return dict.fromkeys(text for text in [article.title, *headings] if text.endswith("?") and words(text))


def _address(url: str) -> str:
    """An address without scheme, query, fragment and the slash at its end."""
    parts = page_parts(url)
    return f"{parts.netloc}{parts.path.rstrip('/')}".lower()
