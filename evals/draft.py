"""Proposes cases for an owner to accept: from articles' headings that are questions, and from visitors' gaps.

Below a heading a list gives its items' terms as facts, a text its first sentence; a heading of several articles is left
out. What visitors asked and did not get is proposed as to be refused, with the nearest articles: where one of them
answers, the owner says so, with the facts.
Nothing is asked of a model, and nothing is accepted by itself: the owner deletes what is wrong, and words the questions
as visitors do.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

import yaml

from assistant.units import Unit, units
from evals.case import Suite
from evals.stale import digest
from evals.watch.gaps import Gap
from knowledge.article import Article
from knowledge.hit import Hit

HEAD = (
    "# Drafted. Read every case, delete what is wrong, ask as your visitors ask. A case tagged visitor was asked and\n"
    "# not answered well: keep it where your articles are not to answer it, else say answerable: true, with facts.\n"
)
# The mark between an item's term and its explanation.
TERM = " — "


def draft(name: str, knowledge: str, articles: Mapping[str, Article], gaps: Sequence[Gap] = ()) -> str:
    """A suite as YAML; it is checked like one that is written by hand.

    Raises:
        ValueError: no heading of the articles is a question, and there is no gap.
    """
    cases = [case for article in articles.values() for case in _cases(article)]
    asked = Counter(case["question"].casefold() for case in cases)
    alone = [case for case in cases if asked[case["question"].casefold()] == 1]
    new = [gap for gap in gaps if gap.questions[0].casefold() not in asked]
    visitors = [_asked(number, gap, articles) for number, gap in enumerate(new, 1)]
    suite = {"name": name, "knowledge": knowledge, "cases": [*alone, *visitors]}
    Suite.model_validate(suite)
    return HEAD + yaml.safe_dump(suite, allow_unicode=True, sort_keys=False, width=120)


def _cases(article: Article) -> Iterator[dict[str, Any]]:
    """One for every section whose heading is a question, and one for a title that is one."""
    whole = Hit(
        article.article_id, article.title, article.url, "", "", article.text, 0, len(article.text), 1.0,
        article.language, blocks=article.blocks,
    )  # fmt: skip
    asking = article.questions
    for number, (path, own) in enumerate(groupby(units(whole), key=lambda unit: unit.block.path), 1):
        heading = path[-1] if path else article.title
        facts = _facts(list(own))
        if heading in asking and facts:
            yield {
                "id": f"{article.article_id}-{number}", "question": heading, "language": article.language,
                "articles": [article.article_id], "facts": facts, "answerable": True, "tags": ["drafted"],
                "versions": {article.article_id: digest(article)},
            }  # fmt: skip


def _asked(number: int, gap: Gap, articles: Mapping[str, Article]) -> dict[str, Any]:
    """What visitors asked and did not get."""
    nearest = [name for name in gap.nearest if name in articles]
    return {
        "id": f"visitors-{number}", "question": gap.questions[0], "language": gap.language,
        "articles": nearest, "answerable": False,
        "tags": ["drafted", "visitor", *(signal.replace(" ", "_") for signal in gap.signals)],
        "versions": {name: digest(articles[name]) for name in nearest},
    }  # fmt: skip


def _facts(own: Sequence[Unit]) -> list[str]:
    items = [unit.text.split(TERM)[0] for unit in own if unit.kind == "item"]
    sentences = [unit.text for unit in own if unit.kind == "sentence" and not unit.introduces]
    return items or sentences[:1]
