"""Proposes cases from articles, for an owner to accept: headings that are questions, with what stands below them.

A list gives its items' terms as facts, a text its first sentence; a heading of several articles is left out.
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
from knowledge.article import Article
from knowledge.hit import Hit

HEAD = "# Drafted from the headings of the articles. Read every case, delete what is wrong, ask as your visitors ask.\n"
# The mark between an item's term and its explanation.
TERM = " — "


def draft(name: str, knowledge: str, articles: Mapping[str, Article]) -> str:
    """A suite as YAML; it is checked like one that is written by hand.

    Raises:
        ValueError: no heading of the articles is a question.
    """
    cases = [case for article in articles.values() for case in _cases(article)]
    asked = Counter(case["question"].casefold() for case in cases)
    alone = [case for case in cases if asked[case["question"].casefold()] == 1]
    suite = {"name": name, "knowledge": knowledge, "cases": alone}
    Suite.model_validate(suite)
    return HEAD + yaml.safe_dump(suite, allow_unicode=True, sort_keys=False, width=120)


def _cases(article: Article) -> Iterator[dict[str, Any]]:
    """One for every section whose heading is a question, and one for a title that is one."""
    whole = Hit(
        article.article_id, article.title, article.url, "", "", article.text, 0, len(article.text), 1.0,
        article.language, blocks=article.blocks,
    )  # fmt: skip
    for number, (path, own) in enumerate(groupby(units(whole), key=lambda unit: unit.block.path), 1):
        heading = path[-1] if path else article.title
        facts = _facts(list(own))
        if heading.endswith("?") and facts:
            yield {
                "id": f"{article.article_id}-{number}", "question": heading, "language": article.language,
                "articles": [article.article_id], "facts": facts, "answerable": True, "tags": ["drafted"],
                "versions": {article.article_id: digest(article)},
            }  # fmt: skip


def _facts(own: Sequence[Unit]) -> list[str]:
    items = [unit.text.split(TERM)[0] for unit in own if unit.kind == "item"]
    sentences = [unit.text for unit in own if unit.kind == "sentence" and not unit.introduces]
    return items or sentences[:1]
