"""A disk that is full half-way, a backup beside an ingest, files that are damaged: told, and nothing lost."""

import shutil
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import event

from evals.watch import canaries
from evals.watch import closing as gaps
from ingest import journal
from ingest.progress import quiet
from ingest.rebuild import rebuild
from knowledge import glossary
from knowledge.backup import backup, restore
from knowledge.errors import DataFolderError, UsageError
from knowledge.wiring import Knowledge, open_knowledge
from tests.ingest.test_sync import run, state, write

PAGES = {f"page{n}": f"# Page {n}\n\n" + f"Text of page {n} that takes some room. " * 20 for n in range(60)}


@pytest.mark.parametrize("room", [0, 5, 20])
def test_a_full_disk_is_told_the_old_answers_stay_and_the_rerun_succeeds(
    base: Knowledge, articles: Path, room: int
) -> None:
    run(base, write(articles, bees="# Bees\n\nA colony has one queen."))
    write(articles, **PAGES)

    def limit(connection: sqlite3.Connection, _record: object) -> None:
        """SQLite says "database or disk is full" where the file would grow beyond so many pages."""
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages + room}")

    base.catalogue.engine.dispose()
    event.listen(base.catalogue.engine, "connect", limit)
    with pytest.raises(DataFolderError, match="could not be written: database or disk is full") as caught:
        run(base, articles)
    assert "make room" in caught.value.hint
    assert base.searcher().search("the queen of the colony")[0].article_id == "bees"
    kept = {article.article_id: article.text for article in base.catalogue.articles()}
    assert all(text == PAGES[name].strip() for name, text in kept.items() if name != "bees")
    event.remove(base.catalogue.engine, "connect", limit)
    base.catalogue.engine.dispose()
    run(base, articles)
    assert base.catalogue.count(base.generation())[0] == 61
    assert state(base)["vectors"] == state(base)["chunks"]


def test_a_backup_beside_an_open_base_comes_back_without_computing(
    base: Knowledge, articles: Path, tmp_path: Path
) -> None:
    run(base, write(articles, **PAGES))
    before = state(base)
    own = f"{glossary.FOLDER}/nl-en.txt"
    kept = {gaps.FILE: '{"t": true}\n', canaries.FILE: "[]\n", journal.FILE: "{}\n", own: "kast = hive\n"}
    (base.folder / own).parent.mkdir()
    for name, text in kept.items():
        (base.folder / name).write_text(text, encoding="utf-8")
    copies = backup(base.folder, tmp_path / "copy")
    assert set(copies) == {tmp_path / "copy" / name for name in ("catalogue.sqlite", "embeddings.sqlite", *kept)}
    for file in copies[:2]:
        connection = sqlite3.connect(file)
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        connection.close()
    restore(tmp_path / "copy", tmp_path / "back")
    assert {name: (tmp_path / "back" / name).read_text(encoding="utf-8") for name in kept} == kept
    back = open_knowledge(tmp_path / "back", "hashing", "test", wait=0)
    assert rebuild(back, quiet).computed == 0
    assert state(back) == before
    assert run(back, articles).unchanged == 60
    back.close()


def test_a_backup_is_not_written_over_a_base(base: Knowledge, articles: Path, tmp_path: Path) -> None:
    run(base, write(articles, bees="# Bees\n\nOne queen."))
    backup(base.folder, tmp_path / "copy")
    with pytest.raises(UsageError, match="has a knowledge base already"):
        restore(tmp_path / "copy", base.folder)
    with pytest.raises(UsageError, match="is no backup"):
        restore(articles, tmp_path / "back")
    with pytest.raises(DataFolderError, match="no knowledge base"):
        backup(articles, tmp_path / "copy")


@pytest.mark.parametrize("name", ["embeddings.sqlite", "fetched.sqlite", "chroma", "catalogue.sqlite"])
def test_damaged_files_are_told_or_made_anew(base: Knowledge, articles: Path, tmp_path: Path, name: str) -> None:
    run(base, write(articles, bees="# Bees\n\nA colony has one queen."))
    base.close()
    data = tmp_path / "damaged"
    shutil.copytree(base.folder, data)
    if name == "chroma":
        shutil.rmtree(data / name)
    else:
        (data / name).write_bytes(b"no database" * 1000)
    if name == "catalogue.sqlite":
        with pytest.raises(DataFolderError, match="cannot be opened"):
            open_knowledge(data, "hashing", "test", wait=0)
        return
    again = open_knowledge(data, "hashing", "test", wait=0)
    if name == "chroma":
        with pytest.raises(DataFolderError, match="fewer vectors"):
            again.searcher()
    write(articles, rye="# Rye\n\nBread of rye.")
    run(again, articles)
    assert again.searcher().search("queen")[0].article_id == "bees"
    again.close()
