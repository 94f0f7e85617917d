"""An article's hash stands for everything it says and is."""

from dataclasses import fields, replace
from typing import Any

import pytest

from knowledge.article import Article, Block
from tests.knowledge.made import make_article

OTHER: dict[str, Any] = {
    "article_id": "cake", "title": "Cake", "text": "Other.", "blocks": (Block("code", 0, 5),), "language": "nl",
    "url": "https://example.org", "author": "A. Baker", "ai_generated": True, "created": "2026-01-01",
    "updated": "2026-03-01", "tags": ("x",), "summary": "Short.", "translation_of": "brood", "local_only": True,
}  # fmt: skip


def test_equal_articles_have_equal_hashes() -> None:
    assert make_article().content_hash == make_article().content_hash


@pytest.mark.parametrize("name", [field.name for field in fields(Article)])
def test_a_change_in_any_field_changes_the_hash(name: str) -> None:
    assert replace(make_article(), **{name: OTHER[name]}).content_hash != make_article().content_hash


def test_the_questions_are_title_and_headings_that_ask_something_each_once() -> None:
    paths = [("What is rye?",), ("What is rye?",), ("Storing",), ("Storing", "For how long?"), ("?",), ()]
    blocks = tuple(Block("paragraph", 0, 5, path) for path in paths)
    asking = replace(make_article(), title="Why bake?", blocks=blocks)
    assert asking.questions == ("Why bake?", "What is rye?", "For how long?")
    assert make_article().questions == ()
