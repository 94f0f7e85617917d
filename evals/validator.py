"""Checks a suite against its articles: ids that do not exist, facts that no acceptable article says."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from evals.case import Case, Suite
from evals.matching import best_cover
from evals.suites import BrokenSuite, load
from ingest.documents import Readable
from ingest.reader import read
from ingest.rejection import Rejected
from ingest.sources import find_source
from knowledge.article import Article

# A fact may be worded otherwise than the article; with fewer of its words in one section it is another fact.
STATED = 0.75


def read_articles(folder: Path) -> dict[str, Article]:
    """The articles of a folder by id.

    Raises:
        SourceNotFound: the folder is not there.
    """
    articles = (_read(document) for document in find_source(str(folder)).documents())
    return {article.article_id: article for article in articles if article}


def checked(path: Path) -> tuple[int, list[str]]:
    """How many cases a suite's file has, and everything that is wrong with it; 0 cases when it cannot be read."""
    try:
        suite = load(path)
    except BrokenSuite as broken:
        return 0, broken.problems
    return len(suite.cases), problems(suite, read_articles(suite.knowledge))


def problems(suite: Suite, articles: Mapping[str, Article]) -> list[str]:
    """One line for everything that is wrong with a case, empty when all is well."""
    return [f"{case.id}: {line}" for case in suite.cases for line in _of(case, articles)]


def _of(case: Case, articles: Mapping[str, Article]) -> Iterator[str]:
    for article_id in case.articles:
        if article_id not in articles:
            yield f"there is no article {article_id!r}"
    known = [articles[article_id] for article_id in case.articles if article_id in articles]
    sections = [section for article in known for section in _sections(article)]
    for fact in case.facts:
        if sections and best_cover(sections, fact) < STATED:
            yield f"no acceptable article says {fact!r}"


def _read(document: Readable) -> Article | None:
    """None for a file that ingest rejects too."""
    try:
        return read(document)
    except Rejected:
        return None


def _sections(article: Article) -> list[str]:
    """The text under each heading, with the headings above it."""
    found: dict[tuple[str, ...], list[str]] = {}
    for block in article.blocks:
        found.setdefault(block.path, [article.title, *block.path]).append(article.text[block.start : block.end])
    return [" ".join(parts) for parts in found.values()]
