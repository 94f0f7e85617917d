"""Drafted cases: from headings that are questions, sound enough for the validator, never accepted by themselves."""

from pathlib import Path

import yaml

from evals.draft import HEAD
from evals.validator import checked
from ingest.sources import bundled
from tests.ui.conftest import Run, footnote

__all__ = ["footnote"]

ARTICLE = """# Bread

Bread is old.

## What does it need?

It needs:

- Flour — milled from wheat.
- Water

## How long is it baked?

Bread is baked for 40 minutes. Then it rests.

## History

Long ago.
"""


def test_lists_give_their_terms_and_texts_their_first_sentence(footnote: Run, tmp_path: Path) -> None:
    folder = tmp_path / "bread"
    folder.mkdir()
    (folder / "bread.md").write_text(ARTICLE, encoding="utf-8")
    code, out, _ = footnote("eval", "draft", str(folder))
    found = {case["question"]: case["facts"] for case in yaml.safe_load(out)["cases"]}
    assert code == 0
    assert out.startswith(HEAD)
    assert found == {
        "What does it need?": ["Flour", "Water"],
        "How long is it baked?": ["Bread is baked for 40 minutes."],
    }


def test_a_draft_of_the_bundled_articles_is_a_sound_suite(footnote: Run, tmp_path: Path) -> None:
    _, out, _ = footnote("eval", "draft", str(bundled().path))
    path = tmp_path / "drafted.yaml"
    path.write_text(out, encoding="utf-8")
    found = checked(path)
    assert found.cases > 50
    assert (found.problems, found.stale) == ([], [])


def test_articles_without_a_question_give_no_draft(footnote: Run, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# Bread\n\nBread is old.\n", encoding="utf-8")
    code, _, err = footnote("eval", "draft", str(tmp_path))
    assert code == 1
    assert "is a question" in err
