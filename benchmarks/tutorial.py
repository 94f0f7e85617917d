"""The tutorial pipeline: a recursive splitter, 1,000 characters with 200 shared, dense search of the last turn.

What most tutorials on retrieval-augmented generation build. The search is exact here, so a vector store would find the
same or less.
"""

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

import numpy as np

from benchmarks.devset import Devset
from knowledge.embedder import Embedder, Vectors

SIZE, OVERLAP = 1000, 200

Stretch = tuple[str, int, int]  # document, start, end


class Tutorial:
    """Ranks a set's units for a question; a stretch stands for units as a chunk of ours does."""

    def __init__(self, devset: Devset, embedder: Embedder) -> None:
        self._devset = devset
        self._embedder = embedder

    def ranked(self, question: str, k: int = 20) -> list[str]:
        """Units at the rank of the first stretch that stands for them; one that stands for none keeps its place."""
        cosines = self._vectors @ self._embedder.embed_question(question)
        best = [int(at) for at in np.argsort(-cosines, kind="stable")[:k]]
        return list(dict.fromkeys(unit for at in best for unit in self._units_of(at)))

    @cached_property
    def _stretches(self) -> list[tuple[Stretch, str]]:
        from langchain_text_splitters import RecursiveCharacterTextSplitter

        splitter = RecursiveCharacterTextSplitter(chunk_size=SIZE, chunk_overlap=OVERLAP, add_start_index=True)
        files = sorted((self._devset.folder / "docs").glob("*.md"))
        parts = ((file.name, part) for file in files for part in splitter.create_documents([_text(file)]))
        return [((name, part.metadata["start_index"], part.metadata["start_index"] + len(part.page_content)),
                 part.page_content) for name, part in parts]  # fmt: skip

    @cached_property
    def _vectors(self) -> Vectors:
        return self._embedder.embed_passages([text for _, text in self._stretches])

    def _units_of(self, at: int) -> Iterator[str]:
        (name, start, end), _ = self._stretches[at]
        found = False
        for unit, first, last in self._by_document.get(name, []):
            if min(end, last) - max(start, first) >= 0.5 * min(end - start, last - first):
                found = True
                yield unit
        if not found:
            yield f"stretch:{at}"

    @cached_property
    def _by_document(self) -> dict[str, list[tuple[str, int, int]]]:
        found: dict[str, list[tuple[str, int, int]]] = {}
        for unit, row in self._devset.units.items():
            found.setdefault(row["doc"], []).append((unit, row["start"], row["end"]))
        return found


def _text(file: Path) -> str:
    """With the line ends that offsets were counted with."""
    return file.read_bytes().decode()
