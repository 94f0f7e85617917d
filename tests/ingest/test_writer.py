"""A run that is killed at any point leaves a base that serves, and the next run ends where a clean one does."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from ingest.progress import quiet
from ingest.rebuild import rebuild
from ingest.removal import remove_source
from ingest.writer import UNFINISHED
from knowledge.fulltext import document_counts
from knowledge.wiring import Knowledge, open_knowledge
from tests.ingest.faltering import Killed, faltering
from tests.ingest.test_sync import run, state, write

# Enough for two batches.
OLD = {
    f"page{number}": f"# Page {number}\n\nText {number}.\n\n## More\n\nThe rest of {number}." for number in range(40)
}
CHANGED = {name: text.replace("Text", "New text") for name, text in OLD.items() if int(name[4:]) % 4}
NEW = {f"late{number}": f"# Late {number}\n\nWords {number}." for number in range(5)}

POINTS = [
    ("embedder", "embed_passages", 1, False),
    ("embedder", "embed_passages", 2, False),
    ("vectors", "add", 1, False),
    ("vectors", "add", 1, True),
    ("vectors", "add", 2, True),
    ("catalogue", "write", 1, False),
    ("catalogue", "write", 7, True),
    ("vectors", "remove", 1, False),
    ("vectors", "remove", 1, True),
    ("catalogue", "remove", 1, False),
    ("catalogue", "remove", 1, True),
]

# The process shoots itself once the first batch is written.
DIE = """
import os, sys
from pathlib import Path
from ingest.sources import find_source
from ingest.sync import sync
from knowledge.wiring import open_knowledge
base = open_knowledge(Path(sys.argv[1]), "hashing", "ingest", wait=0)
sync(base, [find_source(sys.argv[2])], lambda line: os.kill(os.getpid(), 9))
"""


def edit(articles: Path) -> Path:
    """Change most pages, add some, drop one."""
    (articles / "page0.md").unlink()
    return write(articles, **CHANGED, **NEW)


@pytest.fixture
def clean(tmp_path: Path) -> Iterator[Knowledge]:
    """A second base, for the run that nobody kills."""
    knowledge = open_knowledge(tmp_path / "clean", "hashing", "test", wait=0)
    yield knowledge
    knowledge.close()


@pytest.mark.parametrize(("part", "method", "nth", "after"), POINTS)
def test_the_run_after_a_killed_one_ends_like_a_clean_one(
    base: Knowledge, clean: Knowledge, articles: Path, part: str, method: str, nth: int, after: bool
) -> None:
    run(base, write(articles, **OLD))
    before = state(base)
    edit(articles)
    with pytest.raises(Killed):
        run(faltering(base, part, method, nth, after), articles)
    between = state(base)
    assert base.searcher().search("Text 7")
    run(base, articles)
    run(clean, articles)
    after_all = state(clean)
    assert state(base) == after_all
    assert after_all["vectors"] == after_all["chunks"]
    for name, article in between["articles"].items():
        assert article in (before["articles"].get(name), after_all["articles"].get(name))
    assert not (base.folder / UNFINISHED).exists()


def test_a_process_killed_with_9_lets_the_base_go_and_the_next_run_ends_clean(
    clean: Knowledge, articles: Path, tmp_path: Path
) -> None:
    command = [sys.executable, "-c", DIE, str(tmp_path / "shot"), str(write(articles, **OLD))]
    died = subprocess.run(command, cwd=Path(__file__).parents[2], check=False, capture_output=True)
    assert died.returncode == -signal.SIGKILL
    base = open_knowledge(tmp_path / "shot", "hashing", "test", wait=0)
    assert base.catalogue.count(base.generation())[0] == 32
    run(base, articles)
    run(clean, articles)
    assert state(base) == state(clean)
    base.close()


@pytest.mark.parametrize(("part", "method", "nth", "after"), POINTS[:7])
def test_a_first_run_that_was_killed_is_taken_up(
    base: Knowledge, clean: Knowledge, articles: Path, part: str, method: str, nth: int, after: bool
) -> None:
    write(articles, **OLD)
    with pytest.raises(Killed):
        run(faltering(base, part, method, nth, after), articles)
    run(base, articles)
    run(clean, articles)
    assert state(base) == state(clean)
    assert state(base)["vectors"] == state(base)["chunks"]


def test_what_one_batch_wrote_before_the_kill_is_not_embedded_again(base: Knowledge, articles: Path) -> None:
    write(articles, **OLD)
    with pytest.raises(Killed):
        run(faltering(base, "embedder", "embed_passages", 2), articles)
    report = run(base, articles)
    assert (report.added, report.unchanged, report.computed) == (8, 32, 16)


@pytest.mark.parametrize(
    ("part", "method", "nth", "after"),
    [("embedder", "embed_passages", 2, False), ("vectors", "add", 2, True), ("vectors", "keep_only", 1, False)],
)
def test_a_killed_rebuild_serves_on_and_leaves_nothing_behind(
    base: Knowledge, articles: Path, part: str, method: str, nth: int, after: bool
) -> None:
    run(base, write(articles, **OLD))
    before, hits = state(base), base.searcher().search("Text 7")
    with pytest.raises(Killed):
        rebuild(faltering(base, part, method, nth, after), quiet)
    assert [hit.chunk_id for hit in base.searcher().search("Text 7")] == [hit.chunk_id for hit in hits]
    assert run(base, articles).unchanged == 40
    assert state(base) == before
    generation = base.generation()
    assert not [other for other in range(1, 5) if other != generation and base.catalogue.chunk_ids(other)]
    assert not [other for other in range(1, 5) if other != generation and base.vectors.ids(other)]
    with base.catalogue.engine.connect() as connection:
        chunks = base.catalogue.count(generation)[1]
        assert document_counts(connection, ["rest"]) == {"rest": chunks / 2}


def test_a_rebuild_after_a_killed_one_ends_clean(base: Knowledge, articles: Path) -> None:
    run(base, write(articles, **OLD))
    before = state(base)
    with pytest.raises(Killed):
        rebuild(faltering(base, "vectors", "add", 2), quiet)
    rebuild(base, quiet)
    assert state(base) == before
    assert not (base.folder / UNFINISHED).exists()


def test_removing_a_source_after_a_killed_run_clears_its_traces_too(base: Knowledge, tmp_path: Path) -> None:
    a, b = write(tmp_path / "a", **OLD), write(tmp_path / "b", **NEW)
    run(base, a)
    with pytest.raises(Killed):
        run(faltering(base, "vectors", "add", after=True), b)
    remove_source(base, str(a))
    assert state(base)["vectors"] == state(base)["chunks"] == set()


def test_a_run_leaves_the_full_text_in_one_piece(base: Knowledge, articles: Path) -> None:
    run(base, write(articles, **OLD))
    run(base, edit(articles))
    with base.catalogue.engine.connect() as connection:
        assert connection.execute(text("SELECT count(DISTINCT segid) FROM chunk_terms_idx")).scalar_one() == 1
