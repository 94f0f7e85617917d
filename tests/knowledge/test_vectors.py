"""Vectors in a real Chroma."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from knowledge.errors import DataFolderError
from knowledge.vectors import FOLDER, GenerationGone, VectorStore

ROWS = np.eye(4, dtype=np.float32)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[VectorStore]:
    made = VectorStore(tmp_path)
    yield made
    made.close()


def test_the_nearest_come_first_with_their_cosine(store: VectorStore) -> None:
    store.add(1, ["x", "y", "z"], ROWS[:3])
    question = np.array([0.8, 0.6, 0.0, 0.0], dtype=np.float32)
    assert store.nearest(1, question, 2) == pytest.approx({"x": 0.8, "y": 0.6}, abs=1e-5)
    assert list(store.nearest(1, question, 2)) == ["x", "y"]


def test_asking_for_more_than_there_are_gives_all(store: VectorStore) -> None:
    store.add(1, ["x"], ROWS[:1])
    assert list(store.nearest(1, ROWS[0], 50)) == ["x"]


def test_an_empty_generation_has_no_nearest(store: VectorStore) -> None:
    assert store.nearest(1, ROWS[0], 5) == {}


def test_adding_twice_replaces(store: VectorStore) -> None:
    store.add(1, ["x"], ROWS[:1])
    store.add(1, ["x"], ROWS[1:2])
    assert store.count(1) == 1
    assert store.nearest(1, ROWS[1], 1) == pytest.approx({"x": 1.0}, abs=1e-5)


def test_removing_unknown_ids_is_fine(store: VectorStore) -> None:
    store.add(1, ["x", "y"], ROWS[:2])
    store.remove(1, ["y", "never there"])
    store.remove(1, [])
    assert store.ids(1) == {"x"}


def test_more_than_one_call_carries_is_added_and_removed(store: VectorStore) -> None:
    ids = [f"v{number}" for number in range(6000)]
    store.add(1, ids, np.tile(ROWS[:1], (6000, 1)))
    assert store.ids(1) == set(ids)
    store.remove(1, ids)
    assert store.count(1) == 0


def test_generations_are_apart_and_all_but_one_can_be_dropped(store: VectorStore) -> None:
    store.add(1, ["x"], ROWS[:1])
    store.add(2, ["y"], ROWS[:1, :3])
    store.keep_only(2)
    assert (store.ids(1), store.ids(2)) == (set(), {"y"})


def test_vectors_outlive_the_process(tmp_path: Path) -> None:
    first = VectorStore(tmp_path)
    first.add(1, ["x"], ROWS[:1])
    first.close()
    second = VectorStore(tmp_path)
    assert second.ids(1) == {"x"}
    second.close()


def test_closing_a_store_that_was_never_used_opens_nothing(tmp_path: Path) -> None:
    VectorStore(tmp_path).close()
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_database_is_told_with_a_remedy(tmp_path: Path) -> None:
    (tmp_path / FOLDER).mkdir()
    (tmp_path / FOLDER / "chroma.sqlite3").write_bytes(b"no database at all" * 100)
    with pytest.raises(DataFolderError, match="cannot be opened") as caught:
        VectorStore(tmp_path).ids(1)
    assert "footnote index rebuild" in caught.value.hint


def test_the_copy_in_memory_finds_what_chromas_graph_finds(store: VectorStore, monkeypatch: pytest.MonkeyPatch) -> None:
    random = np.random.default_rng(7).standard_normal((201, 16)).astype(np.float32)
    *rows, question = random / np.linalg.norm(random, axis=1, keepdims=True)
    store.add(1, [f"v{number}" for number in range(200)], np.stack(rows))
    monkeypatch.setattr("knowledge.vectors.EXACT", 199)
    graph = store.nearest(1, question, 20)
    monkeypatch.setattr("knowledge.vectors.EXACT", 200)
    exact = store.nearest(1, question, 20)
    assert list(exact) == list(graph)
    assert exact == pytest.approx(graph, abs=1e-5)


def test_the_copy_in_memory_follows_every_change(store: VectorStore) -> None:
    store.add(1, ["x"], ROWS[:1])
    assert list(store.nearest(1, ROWS[1], 1)) == ["x"]
    store.add(1, ["y"], ROWS[1:2])
    assert list(store.nearest(1, ROWS[1], 1)) == ["y"]
    store.remove(1, ["y"])
    assert list(store.nearest(1, ROWS[1], 5)) == ["x"]
    store.add(2, ["z"], ROWS[2:3])
    store.keep_only(2)
    assert store.nearest(1, ROWS[1], 5) == {}


def test_vectors_dropped_between_finding_and_reading_them_are_told_as_gone(tmp_path: Path) -> None:
    class Overtaken(VectorStore):
        """A rebuild comes between."""

        def _collection(self, generation: int) -> Any:
            found = super()._collection(generation)
            self._client.delete_collection(found.name)
            return found

    VectorStore(tmp_path).add(1, ["a"], np.eye(1, 4, dtype=np.float32))
    with pytest.raises(GenerationGone):
        Overtaken(tmp_path).nearest(1, np.ones(4, dtype=np.float32), 1)
