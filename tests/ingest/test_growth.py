"""Sync after sync of a changing folder leaves nothing behind: disk, open files, objects in memory."""

import gc
from pathlib import Path

import pytest

from ingest.progress import quiet
from ingest.rebuild import rebuild
from ingest.sources import Files
from ingest.sync import WORN, sync
from knowledge.wiring import Knowledge, open_knowledge

# Chroma's log holds up to 1,000 writes, whatever the size of the base.
LOG_BYTES = 1_500_000
SETTLED = 10


def edit(folder: Path, number: int, pages: int) -> Files:
    """One page in five is written anew; the first time, all."""
    for page in range(pages):
        if number == 0 or page % 5 == number % 5:
            said = " ".join(f"Line {line} of page {page} in edition {number}." for line in range(30))
            (folder / f"page{page}.md").write_text(f"# Page {page}\n\n{said}\n\n## More\n\nThis of page {page} stays.")
    return Files(str(folder), folder)


def sizes(folder: Path) -> tuple[int, int]:
    """Bytes of Chroma's log, and of everything else."""
    log = (folder / "chroma" / "chroma.sqlite3").stat().st_size
    return log, sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) - log


def sizes_of_a_clean_run(folder: Path, source: Files) -> tuple[int, int]:
    clean = open_knowledge(folder, "hashing", "test", wait=0)
    sync(clean, [source], quiet)
    clean.close()
    return sizes(folder)


@pytest.mark.parametrize(
    ("pages", "syncs", "worn"),
    [
        pytest.param(10, 50, False),
        pytest.param(60, 100, True, marks=[pytest.mark.full, pytest.mark.timeout(900)]),
    ],
)
def test_syncs_in_a_row_leave_no_growth(
    base: Knowledge, articles: Path, tmp_path: Path, pages: int, syncs: int, worn: bool
) -> None:
    notes: list[str] = []
    for number in range(syncs + 1):
        report = sync(base, [edit(articles, number, pages)], quiet)
        notes += report.notes
        if number == SETTLED:
            files, objects = _files(), _objects()
    assert _files() <= files + 2  # connections of a pool
    assert _objects() < objects + 1000
    assert (WORN in notes) == worn
    if worn:
        assert rebuild(base, quiet).computed == 0
    base.close()
    clean = sizes_of_a_clean_run(tmp_path / "clean", Files(str(articles), articles))
    log, rest = sizes(base.folder)
    assert rest <= 2 * clean[1]
    assert log <= clean[0] + LOG_BYTES


def test_a_rebuild_leaves_no_graph_of_the_generation_before(base: Knowledge, articles: Path) -> None:
    sync(base, [edit(articles, 0, 5)], quiet)
    for _ in range(3):
        rebuild(base, quiet)
    assert len([*base.folder.glob("chroma/*/")]) == 1
    assert len(base.vectors.ids(base.generation())) == base.catalogue.count(base.generation())[1]


def _objects() -> int:
    gc.collect()
    return len(gc.get_objects())


def _files() -> int:
    return len([*Path("/proc/self/fd").iterdir()])
