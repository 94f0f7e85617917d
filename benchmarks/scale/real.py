"""The default embedder beside made-up vectors: a search takes as long as it does for a visitor."""

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from knowledge.embedder import Embedder, Vectors
from knowledge.wiring import make_embedder

EMBEDDER = "all-MiniLM-L6-v2"


class TimedLike:
    """The vector of ``synthetic`` for a question after as long as the ``real`` embedder takes for it."""

    multilingual = False

    def __init__(self, synthetic: Embedder, real: Embedder) -> None:
        self._synthetic, self._real = synthetic, real
        self.fingerprint, self.embed_passages = synthetic.fingerprint, synthetic.embed_passages

    def embed_question(self, text: str) -> Vectors:
        """One vector of shape ``(384,)``."""
        self._real.embed_question(text)
        return self._synthetic.embed_question(text)


def exported(folder: Path) -> Embedder:
    """The default embedder, its model exported by a process of its own: what that loads is no memory of this one."""
    with ProcessPoolExecutor(1, get_context("spawn")) as apart:
        apart.submit(_export, folder).result()
    return make_embedder(EMBEDDER, folder)


def _export(folder: Path) -> None:
    make_embedder(EMBEDDER, folder).embed_question("export")
