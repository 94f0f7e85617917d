"""The journal: one line per source, its last sync."""

from pathlib import Path

from ingest import journal
from ingest.progress import quiet
from ingest.removal import remove_source
from ingest.report import Report
from ingest.sources import Files
from ingest.sync import Options, sync
from knowledge.wiring import Knowledge
from tests.ingest.test_sync import run, write


def test_each_source_has_its_own_counts(base: Knowledge, tmp_path: Path) -> None:
    sources = []
    for name, count in (("a", 1), ("b", 2)):
        (tmp_path / name).mkdir()
        write(tmp_path / name, **{f"{name}{number}": f"# {name} {number}" for number in range(count)})
        sources.append(Files(str(tmp_path / name), tmp_path / name))
    assert sync(base, sources, quiet).added == 3
    assert {key: one.added for key, one in journal.read(base.folder).items()} == {
        str(tmp_path / "a"): 1,
        str(tmp_path / "b"): 2,
    }
    sync(base, sources[:1], quiet)
    last = journal.read(base.folder)
    assert (last[str(tmp_path / "a")].unchanged, last[str(tmp_path / "b")].added) == (1, 2)
    remove_source(base, str(tmp_path / "a"))
    assert list(journal.read(base.folder)) == [str(tmp_path / "b")]


def test_a_dry_run_enters_nothing(base: Knowledge, articles: Path) -> None:
    run(base, write(articles, bees="# Bees"))
    before = journal.read(base.folder)
    write(articles, rye="# Rye")
    sync(base, [Files(str(articles), articles)], quiet, Options(dry_run=True))
    assert journal.read(base.folder) == before


def test_a_damaged_one_is_begun_anew(tmp_path: Path) -> None:
    for damaged in ("{", "[]", '{"a": {"at": "x"}}', '{"a": 1}'):
        (tmp_path / journal.FILE).write_text(damaged)
        assert journal.read(tmp_path) == {}
    journal.note(tmp_path, "a", Report(added=2))
    assert journal.read(tmp_path)["a"].added == 2
