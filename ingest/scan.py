"""Scan: read a source and tell what differs from the catalogue. Writes nothing."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import count

from ingest import boilerplate, child
from ingest.rejection import Rejected
from ingest.report import Report
from ingest.seen import Seen
from ingest.sources import Source
from knowledge.article import Article, Known
from knowledge.catalogue import Catalogue


@dataclass(frozen=True, slots=True)
class Found:
    """An article that is new or different, where it came from, and what the catalogue has in its place."""

    article: Article
    origin: str
    before: Known | None = None

    @property
    def is_new(self) -> bool:
        """Is there nothing in its place?"""
        return self.before is None


class Scan:
    """Iterate, once, to get what must be written; afterwards ``gone`` holds what is no longer there, and ``moved`` the
    unchanged articles that stand in another document now.

    ``shared`` are the lines that are the site's and not the article's. A document that cannot be read now keeps its
    earlier version: only an absent one is gone.
    """

    def __init__(self, source: Source, catalogue: Catalogue, shared: frozenset[str], report: Report) -> None:
        self._shared = shared
        self.source = source
        self._catalogue = catalogue
        self.report = report
        self.moved: dict[str, str] = {}  # article_id -> origin
        self._seen = Seen()

    def __iter__(self) -> Iterator[Found]:
        for document in self.source.documents():
            origin = document.origin
            try:
                article = self._named(boilerplate.stripped(child.shared().read(document), self._shared), origin)
            except Rejected as rejected:
                self.report.rejected.append({"source": origin, "reason": str(rejected)})
                if rejected.keeps_earlier:
                    self._seen.add_unreadable(origin)
                continue
            self._seen.add(article.article_id, origin)
            before = self._catalogue.held(article.article_id)
            if before and before.content_hash == article.content_hash:
                self.report.unchanged += 1
                if before.origin != origin:
                    self.moved[article.article_id] = origin
            else:
                yield Found(article, origin, before)

    @property
    def readable(self) -> bool:
        """Was there at least one article?"""
        return bool(self._seen)

    @property
    def gone(self) -> dict[str, int]:
        """Articles of this source whose document is no longer there, and how many characters each has; none where
        nothing could be read, or the source was not seen whole.
        """
        if self.source.unseen or not self.readable:
            return {}
        return {
            article_id: known.characters
            for article_id, known in self._catalogue.known(self.source.key)
            if self._seen.origin(article_id) is None and not self._seen.is_unreadable(known.origin)
        }

    def _named(self, article: Article, origin: str) -> Article:
        """The article under an id of its own: another source's id gets this source's name in front, and a number
        if a third source has that one.

        Raises:
            Rejected: another document of this source has the same id.
        """
        wanted = article.article_id
        if self._is_anothers(wanted):
            names = (f"{self.source.name}{f'-{number}' * (number > 1)}/{wanted}" for number in count(1))
            article = replace(article, article_id=next(name for name in names if not self._is_anothers(name)))
            self.report.renamed.append({"source": origin, "wanted": wanted, "article_id": article.article_id})
        if other := self._seen.origin(article.article_id):
            raise Rejected(f"has the id {article.article_id!r} of {other}; give one of them another `id:`")
        return article

    def _is_anothers(self, article_id: str) -> bool:
        known = self._catalogue.held(article_id)
        return known is not None and known.source != self.source.key
