"""A data folder on a disk that is full, or may only be read: told, the old answers stay, a rerun ends right.

The disk is a tmpfs, so these need root; the fault of the catalogue alone is in ``test_durability.py`` and needs none.
"""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge.catalogue import Catalogue
from knowledge.errors import DataFolderError
from knowledge.wiring import open_knowledge
from tests.ingest.test_sync import run, state, write

PAGES = {f"page{n}": f"# Page {n}\n\n" + f"Text of page {n} that takes some room. " * 20 for n in range(60)}
BEES = "# Bees\n\nA colony has one queen."


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 16 MB."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=16m", "none", str(place)], check=False)
    if mounted.returncode:
        pytest.skip("no disk can be mounted here")
    yield place
    subprocess.run(["umount", "--lazy", str(place)], check=True)


def fill(disk: Path, room: int) -> Path:
    """A file that leaves so many bytes."""
    filler = disk / "filler"
    free = os.statvfs(disk)
    filler.write_bytes(b"x" * (free.f_bavail * free.f_frsize - room))
    return filler


# Bytes left: for nothing, for the cache of embeddings, for Chroma too, so that each of the three meets the full disk.
@pytest.mark.parametrize("room", [0, 64_000, 128_000])
def test_whatever_is_written_when_the_disk_is_full_is_told(disk: Path, articles: Path, room: int) -> None:
    base = open_knowledge(disk / "base", "hashing", "test", wait=0)
    run(base, write(articles, bees=BEES))
    write(articles, **PAGES)
    filler = fill(disk, room)
    with pytest.raises(DataFolderError, match="could not be written") as caught:
        run(base, articles)
    assert "make room" in caught.value.hint
    assert base.searcher().search("the queen of the colony")[0].article_id == "bees"
    kept = {article.article_id: article.text for article in base.catalogue.articles()}
    assert all(text == PAGES[name].strip() for name, text in kept.items() if name != "bees")
    filler.unlink()
    run(base, articles)
    assert base.catalogue.count(base.generation())[0] == 61
    assert state(base)["vectors"] == state(base)["chunks"]
    base.close()


def test_a_folder_that_may_only_be_read_is_told_with_what_to_do(disk: Path, articles: Path) -> None:
    data = disk / "base"
    base = open_knowledge(data, "hashing", "test", wait=0)
    run(base, write(articles, bees=BEES))
    base.close()
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    for folder in (data, disk / "new"):
        with pytest.raises(DataFolderError, match=f"data folder {folder} cannot be written: Read-only") as caught:
            open_knowledge(folder, "hashing", "test", wait=0)
        assert "--data-dir" in caught.value.hint
    with pytest.raises(DataFolderError, match="cannot be opened") as caught:
        Catalogue(data)
    assert "delete" not in caught.value.hint
    assert "permissions" in caught.value.hint
    subprocess.run(["mount", "-o", "remount,rw", str(disk)], check=True)
    again = open_knowledge(data, "hashing", "test", wait=0)
    assert run(again, articles).unchanged == 1
    again.close()
