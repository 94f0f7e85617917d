"""Canaries: a question of every article's own, asked after each ingest, so that a lost article is noticed.

The question is the first heading of the article that is one, else its title. It is answered when the gate lets it
through and the article is among the passages read. The findings are kept in the data folder; told is what was answered
by an earlier ingest and is no more: another article took its place, a heading went, a page lost its text.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from assistant.chain import PASSAGES, Assistant
from assistant.question import check
from ingest.progress import Progress, Step, quiet
from knowledge import json_file
from knowledge.article import Article
from knowledge.catalogue import Catalogue
from knowledge.disk import writing
from knowledge.errors import BadQuestion

FILE = "canaries.json"
# Canaries of one ingest, so that it stays short: new and changed articles first, then those asked longest ago.
MOST = 200


@dataclass(frozen=True, slots=True)
class Canary:
    """``version`` is the article's content hash when it was asked last, ``round`` the number of that ingest."""

    article_id: str
    question: str
    version: str
    round: int
    answered: bool


@dataclass(frozen=True, slots=True)
class Canaries:
    """What one ingest found: ``asked`` now, and those of them ``lost`` since they were asked before."""

    asked: Sequence[Canary]
    lost: Sequence[Canary]

    @property
    def lines(self) -> list[str]:
        """For people."""
        answered = sum(canary.answered for canary in self.asked)
        lost = (f"canary lost: {one.article_id} no longer answers {one.question!r}" for one in self.lost)
        return [f"canaries: {answered} of {len(self.asked)} articles answer their own question", *lost]


def run(
    assistant: Assistant, catalogue: Catalogue, folder: Path, most: int = MOST, progress: Progress = quiet
) -> Canaries:
    """Ask, compare with what ``folder`` remembers, and remember. Leaves no trace; ``progress`` may end it.

    Raises:
        DataFolderError: what was found could not be written.
    """
    before = read(folder)
    versions = {name: known.content_hash for name, known in catalogue.known()}
    number = 1 + max((canary.round for canary in before.values()), default=0)
    asked = []
    turn = _turn(versions, before)[:most]
    for done, name in enumerate(turn):
        progress(Step("articles asked their own question", done, len(turn)))
        if article := catalogue.article(name):
            question = question_of(article)
            answered = answers(assistant, question, article, catalogue.canonicals())
            asked.append(Canary(name, question, versions[name], number, answered))
    kept = {name: canary for name, canary in before.items() if name in versions}
    found = kept | {canary.article_id: canary for canary in asked}
    with writing(folder):
        json_file.write(folder / FILE, [asdict(canary) for canary in found.values()])
    return Canaries(asked, [now for now in asked if _lost(now, before.get(now.article_id))])


def question_of(article: Article) -> str:
    """The article's first heading that is a question, else its title."""
    return next((asked for asked in article.questions if asked != article.title), article.title)


def answers(assistant: Assistant, text: str, article: Article, canonical: Mapping[str, str]) -> bool:
    """Would ``text`` be answered, with the article among what is read, or one that says the same there?"""
    try:
        question = check(text, language=article.language)
    except BadQuestion:  # a title without a word
        return False
    hits = assistant.searcher.search(text, PASSAGES)
    head = canonical.get(article.article_id, article.article_id)
    is_read = any(canonical.get(hit.article_id, hit.article_id) == head or hit.text in article.text for hit in hits)
    return is_read and assistant.answers(question)


def read(folder: Path) -> dict[str, Canary]:
    """What was found before, by article; nothing where nothing, or nothing of ours, is there."""
    try:
        return {row["article_id"]: Canary(**row) for row in json_file.read(folder / FILE)}
    except (TypeError, KeyError):
        return {}


def _turn(versions: Mapping[str, str], before: Mapping[str, Canary]) -> list[str]:
    """Articles in the order in which they are asked."""

    def rank(name: str) -> tuple[int, str]:
        canary = before.get(name)
        return (canary.round if canary and canary.version == versions[name] else 0), name

    return sorted(versions, key=rank)


def _lost(now: Canary, before: Canary | None) -> bool:
    return before is not None and before.answered and not now.answered and before.question == now.question
