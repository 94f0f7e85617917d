"""Scan: read a source and tell what differs from the catalogue. Writes nothing."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import count

from ingest import boilerplate, child
from ingest.rejection import Rejected
from ingest.report import Report
from ingest.sources import Collection
from knowledge.article import Article

Known = Mapping[str, tuple[str, str, str]]  # article_id -> (source, origin, content hash)


@dataclass(frozen=True, slots=True)
class Found:
    """An article that is new or different, and where it came from."""

    article: Article
    origin: str
    is_new: bool


class Scan:
    """Iterate to get what must be written; afterwards ``gone`` holds the ids that are no longer there, and ``moved``
    the unchanged ones that stand in another document now.

    ``shared`` are the lines that are the site's and not the article's. A document that cannot be read now keeps its
    earlier version: only an absent one is gone.
    """

    def __init__(self, source: Collection, known: Known, shared: frozenset[str], report: Report) -> None:
        self._shared = shared
        self.source = source
        self._known = known
        self.report = report
        self.moved: dict[str, str] = {}  # article_id -> origin
        self._kept: dict[str, str] = {}  # article_id -> origin
        self._unreadable: set[str] = set()

    def __iter__(self) -> Iterator[Found]:
        for document in self.source.documents():
            origin = document.origin
            try:
                article = self._named(boilerplate.stripped(child.shared().read(document), self._shared), origin)
            except Rejected as rejected:
                self.report.rejected.append({"source": origin, "reason": str(rejected)})
                if rejected.keeps_earlier:
                    self._unreadable.add(origin)
                continue
            self._kept[article.article_id] = origin
            before = self._known.get(article.article_id)
            if before and before[2] == article.content_hash:
                self.report.unchanged += 1
                if before[1] != origin:
                    self.moved[article.article_id] = origin
            else:
                yield Found(article, origin, before is None)

    @property
    def readable(self) -> bool:
        """Was there at least one article?"""
        return bool(self._kept)

    @property
    def gone(self) -> list[str]:
        """Articles of this source whose document is no longer there; none where the source was not seen whole."""
        return (
            []
            if self.source.unseen
            else [
                article_id
                for article_id, (source, origin, _) in self._known.items()
                if source == self.source.key and article_id not in self._kept and origin not in self._unreadable
            ]
        )

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
        if article.article_id in self._kept:
            other = self._kept[article.article_id]
            raise Rejected(f"has the id {article.article_id!r} of {other}; give one of them another `id:`")
        return article

    def _is_anothers(self, article_id: str) -> bool:
        owner = self._known.get(article_id)
        return owner is not None and owner[0] != self.source.key
