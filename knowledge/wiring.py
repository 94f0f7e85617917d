"""Composition root: puts catalogue, vectors, embedder and searcher together for one data folder."""

from dataclasses import dataclass, field, replace
from io import TextIOWrapper
from pathlib import Path

from knowledge import generations, telemetry
from knowledge.catalogue import Catalogue
from knowledge.chunk import CHUNKER
from knowledge.embedder import Embedder, Fingerprint
from knowledge.errors import DataFolderError, IndexEmpty, IndexMismatch
from knowledge.glossary import Glossaries
from knowledge.hashing_embedder import HashingEmbedder
from knowledge.lock import WAIT_SECONDS, acquire
from knowledge.onnx_embedder import OnnxEmbedder
from knowledge.onnx_int8 import SUFFIX, Int8Embedder
from knowledge.searcher import Searcher
from knowledge.sentence_transformer import SentenceTransformerEmbedder
from knowledge.vectors import VectorStore

# Exported models, in the data folder.
MODELS = "models"


@dataclass
class Knowledge:
    """An open data folder. Close it to let other processes in."""

    folder: Path
    catalogue: Catalogue
    vectors: VectorStore
    embedder: Embedder
    lock: TextIOWrapper
    _searchers: list[Searcher] = field(default_factory=list)

    def fingerprint(self) -> Fingerprint:
        """What an index written now would be."""
        return _index_fingerprint(self.embedder)

    def generation(self) -> int:
        """The active generation, checked against the embedder at hand.

        Raises:
            IndexMismatch: it was written by another embedder or chunker.
            IndexEmpty: there is none.
        """
        active = self.catalogue.active()
        if active is None:
            raise _empty(self.folder)
        wanted = self.fingerprint()
        if active.digest != wanted.digest:
            raise _mismatch(active, wanted)
        return active.number

    def writable_generation(self) -> int:
        """The active generation; the first one is made in a new data folder.

        Raises:
            IndexMismatch: the folder was written by another embedder or chunker.
        """
        try:
            return self.generation()
        except IndexEmpty:
            with self.catalogue.transaction() as connection:
                number = generations.begin(connection, self.fingerprint())
                generations.activate(connection, number)
            return number

    def searcher(self) -> Searcher:
        """A searcher over the active generation.

        Raises:
            IndexEmpty: nothing has been ingested.
            IndexMismatch: the index was written by another embedder or chunker.
            DataFolderError: vectors are missing.
        """
        generation = self.generation()
        chunks = self.catalogue.count(generation)[1]
        if chunks == 0:
            raise _empty(self.folder)
        if not self.vectors.exists or self.vectors.count(generation) < chunks:
            raise DataFolderError(
                f"{self.folder} has {chunks} chunks and fewer vectors", "run `footnote index rebuild` to make them anew"
            )
        made = Searcher(self.catalogue, self.vectors, self.embedder, self.generation, Glossaries(self.folder))
        self._searchers.append(made)
        return made

    def close(self) -> None:
        """End the searchers, release the databases and the folder."""
        for searcher in self._searchers:
            searcher.close()
        self.vectors.close()
        self.catalogue.close()
        self.lock.close()


def open_knowledge(folder: Path, embedder: str, purpose: str, wait: float = WAIT_SECONDS) -> Knowledge:
    """Open ``folder`` for this process alone; ``purpose`` is the verb, told to whoever comes second.

    Raises:
        IndexBusy: another process holds the folder.
        DataFolderError: the folder cannot be written or is damaged.
    """
    telemetry.silence()
    lock = acquire(folder, purpose, wait)
    try:
        return Knowledge(folder, Catalogue(folder), VectorStore(folder), make_embedder(embedder, folder), lock)
    except Exception:
        lock.close()
        raise


def index_fingerprint(embedder: str, folder: Path) -> Fingerprint:
    """What an index written now with the embedder of that name would be; ``folder`` need not be open."""
    return _index_fingerprint(make_embedder(embedder, folder))


def make_embedder(name: str, folder: Path) -> Embedder:
    """The embedder of that name; nothing is loaded yet. What it prepares once is kept in the data ``folder``."""
    if name == "hashing":
        return HashingEmbedder()
    full = OnnxEmbedder(SentenceTransformerEmbedder(name.removesuffix(SUFFIX)), folder / MODELS)
    return Int8Embedder(full) if name.endswith(SUFFIX) else full


def _index_fingerprint(embedder: Embedder) -> Fingerprint:
    return replace(embedder.fingerprint(), chunker=CHUNKER)


def _empty(folder: Path) -> IndexEmpty:
    return IndexEmpty(
        f"there are no articles in {folder}",
        "run `footnote ingest FOLDER`, or `footnote ingest` alone for the bundled articles",
    )


def _mismatch(active: generations.Generation, wanted: Fingerprint) -> IndexMismatch:
    was = active.fingerprint
    return IndexMismatch(
        f"the index was written by embedder {was['embedder']} (weights {was['weights'][:8]}, "
        f"chunker {was['chunker']}), "
        f"this is {wanted.embedder} (weights {wanted.weights[:8]}, chunker {wanted.chunker})",
        f"run `footnote index rebuild`, or set FOOTNOTE_EMBEDDER={was['embedder']}",
    )
