"""Questions to offer, all of which the articles answer: those of the page a visitor reads, and of the whole site."""

from collections.abc import Callable
from itertools import islice

from assistant.question import check
from knowledge.memo import Memo
from knowledge.page import Pages
from knowledge.terms import words
from ui.server.service import Service

COUNT = 4
# Articles looked at for the whole site, and words of a title that is offered.
LOOKED_AT = 200
LONGEST = 12


class Starters:
    """``chosen`` are the owner's, separated by ``|``; they stand for those of the whole site.

    What is looked up is kept until the base has changed; while an ingest goes on, that of before.
    """

    def __init__(self, service: Service, chosen: str) -> None:
        self._service = service
        self._chosen = [question.strip() for question in chosen.split("|") if question.strip()]
        self._kept, self._version = Memo(), service.knowledge.catalogue.version

    def of_page(self, page_url: str) -> list[str]:
        """What the page's article asks and answers; none without an article."""
        return self.of_article(self._memo.one("pages", self._pages).article_id(page_url) or "", page_url)

    def of_article(self, article_id: str, page_url: str = "") -> list[str]:
        """The same of an article; ``page_url`` is where a visitor reads it."""
        return self._memo.one(f"article {article_id}", lambda: self._asked_by(article_id, page_url))

    @property
    def of_site(self) -> list[str]:
        """The owner's own, else article titles that ask something and get an answer."""
        return self._chosen[:COUNT] or self._memo.one("site", self._asked_by_titles)

    @property
    def _memo(self) -> Memo:
        version, orders = self._service.knowledge.catalogue.version, self._service.orders
        if version != self._version and not (orders and orders.running):
            self._kept, self._version = Memo(), version
        return self._kept

    def _asked_by(self, article_id: str, page_url: str) -> list[str]:
        article = self._service.knowledge.catalogue.article(article_id)
        return list(islice(filter(self._answered(page_url), article.questions), COUNT)) if article else []

    def _asked_by_titles(self) -> list[str]:
        looked_at = islice(self._service.knowledge.catalogue.articles(), LOOKED_AT)
        asking = (one.title for one in looked_at if one.title in one.questions and len(words(one.title)) <= LONGEST)
        return list(islice(filter(self._answered(), asking), COUNT))

    def _answered(self, page_url: str = "") -> Callable[[str], bool]:
        """Asks as a visitor of the page would."""

        def ask(question: str) -> bool:
            return self._service.assistant.answers(check(question, page_url=page_url))

        return ask

    def _pages(self) -> Pages:
        return Pages((article.article_id, article.url) for article in self._service.knowledge.catalogue.articles())
