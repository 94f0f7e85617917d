"""Checks a suite against its articles: ids that do not exist, facts that no acceptable article says, stale cases."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from evals.baseline import read_accepted
from evals.case import Case, Suite
from evals.metrics.matching import best_cover
from evals.stale import Seen, changed, seen, told, versions
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


@dataclass(frozen=True, slots=True)
class Checked:
    """``problems`` and ``stale`` have a line for each finding; 0 cases when the suite cannot be read."""

    cases: int
    problems: list[str]
    stale: list[str] = field(default_factory=list)


def checked(path: Path) -> Checked:
    """Everything that is to be said about a suite's file."""
    try:
        suite = load(path)
    except BrokenSuite as broken:
        return Checked(0, broken.problems)
    articles = read_articles(suite.knowledge)
    accepted = seen(read_accepted([path.parent]).get(suite.name, {}))
    return Checked(len(suite.cases), problems(suite, articles, accepted), stale(suite, articles, accepted))


def problems(suite: Suite, articles: Mapping[str, Article], accepted: Seen | None = None) -> list[str]:
    """One line for everything that is wrong with a case, empty when all is well; stale cases are no part of it."""
    older = _older(suite, articles, accepted or {})
    return [f"{case.id}: {line}" for case in suite.cases if case.id not in older for line in _of(case, articles)]


def stale(suite: Suite, articles: Mapping[str, Article], accepted: Seen) -> list[str]:
    """One line for every case that is older than its article, with what is wrong with it now."""
    older = _older(suite, articles, accepted)
    return [
        f"{case.id}: {'; '.join([told(older[case.id]), *_of(case, articles)])}"
        for case in suite.cases
        if case.id in older
    ]


def _older(suite: Suite, articles: Mapping[str, Article], accepted: Seen) -> dict[str, tuple[str, ...]]:
    found = ((case.id, changed(case, accepted, versions(case.articles, articles))) for case in suite.cases)
    return {case: names for case, names in found if names}


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
