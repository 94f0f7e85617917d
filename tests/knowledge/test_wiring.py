"""An open data folder: empty, of another embedder, damaged, taken."""

import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from knowledge.catalogue import FILE
from knowledge.embedder import Fingerprint
from knowledge.errors import DataFolderError, IndexBusy, IndexEmpty, IndexMismatch
from knowledge.hashing_embedder import HashingEmbedder
from knowledge.wiring import Knowledge, make_embedder, open_knowledge

BREAD = "# Bread\n\nA loaf needs flour, water, salt and time."


class Retrained(HashingEmbedder):
    """The hashing embedder under other weights."""

    def fingerprint(self) -> Fingerprint:
        """As after another training."""
        return replace(super().fingerprint(), weights="retrained")


def test_an_empty_base_says_how_to_fill_it(base: Knowledge) -> None:
    with pytest.raises(IndexEmpty, match="there are no articles") as caught:
        base.searcher()
    assert "footnote ingest" in caught.value.hint


def test_a_base_that_was_emptied_is_empty(base: Knowledge) -> None:
    base.writable_generation()
    with pytest.raises(IndexEmpty):
        base.searcher()


def test_an_index_of_another_embedder_is_refused_with_both_names(base: Knowledge, ingest: Callable[..., Any]) -> None:
    ingest(bread=BREAD)
    other = replace(base, embedder=Retrained())
    for use in (other.searcher, other.writable_generation):
        with pytest.raises(
            IndexMismatch, match=r"hashing \(weights none.*this is hashing \(weights retraine"
        ) as caught:
            use()
        assert "footnote index rebuild" in caught.value.hint
        assert "FOOTNOTE_EMBEDDER=hashing" in caught.value.hint


def test_the_fingerprint_covers_the_chunker(base: Knowledge) -> None:
    assert base.fingerprint().chunker
    assert base.fingerprint().embedder == "hashing"


def test_a_base_is_closed_for_others_until_it_is_closed(base: Knowledge) -> None:
    with pytest.raises(IndexBusy, match="`footnote test`"):
        open_knowledge(base.folder, "hashing", "second", wait=0)
    base.close()
    open_knowledge(base.folder, "hashing", "second", wait=0).close()


def test_a_base_that_is_closed_leaves_no_thread_behind(base: Knowledge, ingest: Callable[..., Any]) -> None:
    ingest(bread=BREAD)
    before = set(threading.enumerate())
    searcher = base.searcher()
    assert searcher.search("flour")
    began = set(threading.enumerate()) - before
    assert began
    base.close()
    assert not [thread for thread in began if thread.is_alive()]


def test_a_damaged_catalogue_is_told_and_the_folder_let_go(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"no database at all" * 100)
    for _ in range(2):
        with pytest.raises(DataFolderError, match="is not a database"):
            open_knowledge(tmp_path, "hashing", "test", wait=0)


def test_making_an_embedder_loads_nothing() -> None:
    assert isinstance(make_embedder("hashing", Path("unused")), HashingEmbedder)
    assert make_embedder("/no/such/model", Path("unused")) is not None
