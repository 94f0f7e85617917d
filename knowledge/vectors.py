"""Vectors in Chroma, one collection per generation, keyed by chunk id.

Chroma may hold ids that the catalogue does not know (a run was killed): readers ignore them, the next
ingest removes them. Vectors can always be made again from the catalogue.
"""

import shutil
import sqlite3
import threading
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any, cast

import numpy as np

from knowledge.embedder import Vectors
from knowledge.errors import DataFolderError

FOLDER = "chroma"
# What Chroma calls its database, and the vectors of a graph in a folder of its own.
DATABASE, GRAPH = "chroma.sqlite3", "data_level0.bin"

# The search list of the HNSW graph (Malkov & Yashunin 2018). Chroma's default of 100 is below what a
# top 100 needs for a recall above 0.99; building at 200 costs ingest little beside the embedding.
HNSW = {"hnsw": {"space": "cosine", "ef_construction": 200, "ef_search": 200}}

# Up to this many vectors (15 MB at 384 dimensions) a copy in memory is searched, exactly and in a tenth of the time
# of a call to Chroma (0.1 against 2.2 ms at 300 vectors); beyond, Chroma's graph.
EXACT = 10_000

# Chroma's graph keeps the place of a vector that was removed. Of so many places or more, and more than ``PLACES`` for
# each vector, most are lost. A place in the file is the vector, 32 links, their number and a label (hnswlib's
# ``size_data_per_element`` with M = 16).
FEWEST_PLACES = 1000
PLACES = 2
LINKS_BYTES = 32 * 4 + 4 + 8

# Chroma limits what one call may carry (5,461 with SQLite's default).
PER_CALL = 2000


class GenerationGone(LookupError):
    """The vectors of a generation were dropped while they were read: another one took its place."""


class VectorStore:
    """Chroma in ``folder``; opened at the first use, since importing it costs two seconds."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / FOLDER
        self._copies: dict[int, tuple[list[str], Vectors] | None] = {}
        self._collections: dict[int, Any] = {}  # to ask Chroma for one takes a third of a query
        self._writes: Counter[int] = Counter()
        self._guard = threading.Lock()

    def add(self, generation: int, ids: Sequence[str], vectors: Vectors) -> None:
        """Add or replace vectors, shape ``(len(ids), dimension)``."""
        for at in range(0, len(ids), PER_CALL):
            part = slice(at, at + PER_CALL)
            with self._told():
                self._collection(generation).upsert(ids=list(ids[part]), embeddings=cast(Any, vectors[part]))
        self._wrote(generation)

    def remove(self, generation: int, ids: Iterable[str]) -> None:
        """Delete vectors; unknown ids are fine."""
        gone = list(ids)
        for at in range(0, len(gone), PER_CALL):
            with self._told():
                self._collection(generation).delete(ids=gone[at : at + PER_CALL])
        self._wrote(generation)

    def nearest(self, generation: int, vector: Vectors, limit: int) -> dict[str, float]:
        """``chunk_id`` to cosine of the ``limit`` nearest, nearest first.

        Raises:
            GenerationGone: see there.
        """
        copy = self._kept(generation)
        if copy is not None:
            return _nearest(*copy, vector, limit)
        with _there():
            found = self._collection(generation).query(
                query_embeddings=cast(Any, vector.reshape(1, -1)), n_results=limit, include=["distances"]
            )
        distances = cast(list[list[float]], found["distances"])
        return {chunk: 1.0 - float(distance) for chunk, distance in zip(found["ids"][0], distances[0], strict=True)}

    def _kept(self, generation: int) -> tuple[list[str], Vectors] | None:
        """The copy in memory; one that a writer made old while it was taken is not kept."""
        with self._guard:
            if generation in self._copies:
                return self._copies[generation]
            writes = self._writes[generation]
        copy = self._copy(generation)
        with self._guard:
            if writes == self._writes[generation]:
                self._copies[generation] = copy
        return copy

    def _wrote(self, generation: int) -> None:
        with self._guard:
            self._writes[generation] += 1
            self._copies.pop(generation, None)

    def _copy(self, generation: int) -> tuple[list[str], Vectors] | None:
        """All ids and vectors; None where they are too many. Asked once: counting 150,000 takes Chroma 12 ms."""
        with _there():
            if self.count(generation) > EXACT:
                return None
            stored = self._collection(generation).get(include=["embeddings"])
        return stored["ids"], np.asarray(stored["embeddings"], dtype=np.float32)

    @property
    def written(self) -> float:
        """When a vector was last added or removed, in seconds since 1970; 0 when there is none."""
        return max((file.stat().st_mtime for file in self._folder.rglob("*") if file.is_file()), default=0.0)

    def ids(self, generation: int) -> set[str]:
        """All chunk ids of a generation."""
        return set(self._collection(generation).get(include=[])["ids"])

    def count(self, generation: int) -> int:
        """How many vectors a generation has."""
        return int(self._collection(generation).count())

    def is_worn(self, generation: int, dimension: int) -> bool:
        """Are most places of the graph those of vectors that were removed? To be asked of a lone generation."""
        size = sum(file.stat().st_size for file in self._folder.glob(f"*/{GRAPH}"))
        places = size // (4 * dimension + LINKS_BYTES)
        return places >= FEWEST_PLACES and places > PLACES * self.count(generation)

    def keep_only(self, generation: int) -> None:
        """Drop the collections of all other generations."""
        for collection in self._client.list_collections():
            if collection.name != _name(generation):
                self._client.delete_collection(collection.name)
        self._collections = {}
        self._sweep()
        with self._guard:
            self._copies = {kept: copy for kept, copy in self._copies.items() if kept == generation}

    def _sweep(self) -> None:
        """Delete the graphs of collections that are gone: Chroma leaves their folders. Its process keeps them open."""
        with closing(sqlite3.connect(self._folder / DATABASE)) as connection:
            kept = {row[0] for row in connection.execute("SELECT id FROM segments")}
        for graph in self._folder.glob(f"*/{GRAPH}"):
            if graph.parent.name not in kept:
                shutil.rmtree(graph.parent)

    @property
    def exists(self) -> bool:
        """Has anything been stored? Does not open the database."""
        return (self._folder / DATABASE).exists()

    def close(self) -> None:
        """Close the database if it was opened."""
        if "_client" in self.__dict__:
            self._client.close()

    @cached_property
    def _client(self) -> Any:
        import chromadb
        from chromadb.config import Settings

        try:
            settings = Settings(anonymized_telemetry=False)
            return chromadb.PersistentClient(path=str(self._folder), settings=settings)
        except (chromadb.errors.InternalError, OSError) as error:
            raise DataFolderError(
                f"the vectors in {self._folder} cannot be opened: {error}",
                f"delete {self._folder} and run `footnote index rebuild`",
            ) from error

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Chroma's own error for a write that failed, as the operating system's.

        Chroma is opened anew after it: the one that failed may wait for ever at its next call.
        """
        import chromadb

        try:
            yield
        except chromadb.errors.InternalError as error:
            self.close()
            self.__dict__.pop("_client", None)
            self._collections = {}
            raise OSError(str(error)) from error

    def _collection(self, generation: int) -> Any:
        if generation not in self._collections:
            self._collections[generation] = self._client.get_or_create_collection(
                _name(generation), configuration=HNSW, embedding_function=None
            )
        return self._collections[generation]


@contextmanager
def _there() -> Iterator[None]:
    """Chroma's own error for a collection that is gone, as ours."""
    import chromadb

    try:
        yield
    except chromadb.errors.NotFoundError as error:
        raise GenerationGone(str(error)) from error


def _nearest(ids: Sequence[str], vectors: Vectors, vector: Vectors, limit: int) -> dict[str, float]:
    """By comparing with every vector of unit length, shape ``(len(ids), dimension)``."""
    if not ids:
        return {}
    cosines = np.vecdot(vectors, vector)  # not BLAS: its threads spin on the cores that embed and search full text
    best = np.argpartition(-cosines, min(limit, len(ids)) - 1)[:limit]
    ranked = best[np.argsort(-cosines[best], kind="stable")]
    return {ids[at]: float(cosines[at]) for at in ranked}


def _name(generation: int) -> str:
    return f"chunks-g{generation}"
