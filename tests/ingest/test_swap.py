"""Another embedder: its index is built beside the old one, which serves until the swap, also after a kill."""

from dataclasses import replace
from pathlib import Path

import pytest

from ingest.batches import BATCH
from ingest.progress import Step, quiet
from ingest.rebuild import rebuild
from knowledge.errors import IndexMismatch
from knowledge.model_files import PACKAGED
from knowledge.wiring import Knowledge, make_embedder, open_knowledge
from tests.ingest.faltering import Killed, faltering
from tests.ingest.test_sync import run, write

PAGES = {f"page{n}": f"# Page {n}\n\nText of page {n}.\n\n## More\n\nThe rest of page {n}." for n in range(BATCH + 8)}
QUESTION = "text of page 3"


def other(base: Knowledge) -> Knowledge:
    """The base, opened with the default embedder."""
    return replace(base, embedder=make_embedder(PACKAGED, base.folder))


def reopened(folder: Path, embedder: str) -> Knowledge:
    return open_knowledge(folder, embedder, "test", wait=0)


def test_the_old_index_answers_until_the_new_one_takes_over(base: Knowledge, articles: Path) -> None:
    run(base, write(articles, **PAGES))
    searcher, old = base.searcher(), base.generation()
    found = [hit.chunk_id for hit in searcher.search(QUESTION)]
    asked = 0

    def ask(_step: Step) -> None:
        nonlocal asked
        asked += 1
        assert [hit.chunk_id for hit in searcher.search(QUESTION)] == found
        assert searcher.generation == old

    new = other(base)
    report = rebuild(new, ask)
    assert (asked, report.changed, report.computed) == (2, 40, 80)
    with pytest.raises(IndexMismatch, match="written by embedder all-MiniLM-L6-v2") as caught:
        searcher.search(QUESTION)
    assert "footnote index rebuild" in caught.value.hint
    assert "FOOTNOTE_EMBEDDER=all-MiniLM-L6-v2" in caught.value.hint
    assert new.generation() > old
    assert new.searcher().search(QUESTION)[0].article_id == "page3"
    assert new.vectors.count(new.generation()) == 80
    assert base.catalogue.chunk_ids(old) == set()


@pytest.mark.parametrize(("part", "method", "nth"), [("vectors", "add", 2), ("catalogue", "write_chunks", 4)])
def test_one_that_is_killed_before_the_swap_leaves_the_old_one_serving(
    base: Knowledge, articles: Path, part: str, method: str, nth: int
) -> None:
    run(base, write(articles, **PAGES))
    found = [hit.chunk_id for hit in base.searcher().search(QUESTION)]
    with pytest.raises(Killed):
        rebuild(faltering(other(base), part, method, nth), quiet)
    base.close()
    again = reopened(base.folder, "hashing")
    assert [hit.chunk_id for hit in again.searcher().search(QUESTION)] == found
    assert run(again, articles).computed == 0  # and the next ingest clears up
    assert again.vectors.ids(again.generation()) == again.catalogue.chunk_ids(again.generation())
    again.close()
    new = reopened(base.folder, PACKAGED)
    with pytest.raises(IndexMismatch):
        run(new, articles)
    rebuild(new, quiet)
    assert new.searcher().search(QUESTION)[0].article_id == "page3"
    assert run(new, articles).computed == 0
    new.close()


def test_another_chunker_needs_a_rebuild_too(base: Knowledge, articles: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(base, write(articles, **PAGES))
    monkeypatch.setattr("knowledge.wiring.CHUNKER", "another")
    with pytest.raises(IndexMismatch, match="chunker another"):
        run(base, articles)
    assert rebuild(base, quiet).reused == 80  # the texts are the same, so nothing is computed
    assert base.searcher().search(QUESTION)[0].article_id == "page3"
