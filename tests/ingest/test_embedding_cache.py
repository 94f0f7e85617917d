"""No text is embedded twice: not after an edit that is taken back, not for a rebuild, not for two articles."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from ingest.embedding_cache import FILE, EmbeddingCache
from ingest.progress import quiet
from ingest.rebuild import rebuild
from ingest.removal import remove_source
from ingest.sources import find_source
from ingest.sync import sync
from knowledge.embedder import Vectors
from knowledge.hashing_embedder import HashingEmbedder
from knowledge.wiring import Knowledge
from tests.knowledge.test_wiring import Retrained

Ingest = Callable[..., Any]

BREAD = "# Bread\n\nA loaf needs flour."
RYE = "# Bread\n\nA loaf needs rye."


class Counting(HashingEmbedder):
    """The hashing embedder, with an account of what it was given."""

    def __init__(self) -> None:
        self.given: list[str] = []

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors, and a note of the texts."""
        self.given += texts
        return super().embed_passages(texts)


def test_each_text_is_computed_once_and_every_row_is_its_own(tmp_path: Path) -> None:
    embedder = Counting()
    cache = EmbeddingCache(tmp_path, embedder)
    first, computed = cache.passages(["flour", "water", "flour"])
    again, more = cache.passages(["salt", "water"])
    assert (computed, more, len(cache)) == (2, 1, 3)
    assert embedder.given == ["flour", "water", "salt"]
    expected = HashingEmbedder().embed_passages(["flour", "water", "flour", "salt", "water"])
    assert np.array_equal(np.concatenate([first, again]), expected)


def test_another_models_vectors_are_never_given(tmp_path: Path) -> None:
    EmbeddingCache(tmp_path, HashingEmbedder()).passages(["flour"])
    assert EmbeddingCache(tmp_path, Retrained()).passages(["flour"])[1] == 1


def test_it_outlives_the_process_and_forgets_what_it_is_told_to(tmp_path: Path) -> None:
    EmbeddingCache(tmp_path, HashingEmbedder()).passages(["flour", "water"])
    EmbeddingCache(tmp_path, Retrained()).passages(["flour"])
    cache = EmbeddingCache(tmp_path, HashingEmbedder())
    cache.keep_only(["flour", "never seen"])
    assert len(cache) == 1
    assert cache.passages(["flour", "water"])[1] == 1


def test_a_damaged_file_is_made_anew_with_a_notice(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / FILE).write_bytes(b"no database" * 100)
    vectors, computed = EmbeddingCache(tmp_path, HashingEmbedder()).passages(["flour"])
    assert (vectors.shape[0], computed) == (1, 1)
    assert "made anew" in caplog.text


def test_an_edit_that_is_taken_back_computes_nothing(base: Knowledge, ingest: Ingest) -> None:
    ingest(bread=BREAD)
    assert ingest(bread=RYE).computed == 1
    report = ingest(bread=BREAD)
    assert (report.changed, report.computed, report.reused) == (1, 0, 1)
    assert base.searcher().search("flour")[0].text.endswith("flour.")


def test_a_rebuild_computes_nothing_and_another_embedder_everything(base: Knowledge, ingest: Ingest) -> None:
    ingest(bread=BREAD, bees="# Bees\n\nA colony has one queen.")
    report = rebuild(base, quiet)
    assert (report.computed, report.reused) == (0, 2)
    base.embedder = Retrained()
    report = rebuild(base, quiet)
    assert (report.computed, report.reused) == (2, 0)


def test_texts_that_left_are_kept_until_they_are_as_many_as_those_that_stay(base: Knowledge, ingest: Ingest) -> None:
    for grain in ("flour", "rye"):
        ingest(bread=f"# Bread\n\nA loaf needs {grain}.")
    cache = EmbeddingCache(base.folder, base.embedder)
    assert len(cache) == 2
    ingest(bread="# Bread\n\nA loaf needs spelt.")
    assert len(cache) == 1


def test_removing_a_source_forgets_its_vectors(base: Knowledge, tmp_path: Path) -> None:
    for name, text in (("a", BREAD), ("b", RYE)):
        (tmp_path / name).mkdir()
        (tmp_path / name / f"{name}.md").write_text(text)
        sync(base, [find_source(str(tmp_path / name))], quiet)
    remove_source(base, str(tmp_path / "b"))
    assert len(EmbeddingCache(base.folder, base.embedder)) == 1
