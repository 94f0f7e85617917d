"""The embedder on sentence-transformers: the packaged all-MiniLM-L6-v2, or any model by name.

The library (and torch with it, some 20 seconds) is imported when the first text is embedded, not before.
"""

import json
import re
import threading
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from knowledge.embedder import Fingerprint, Vectors
from knowledge.errors import EmbedderError
from knowledge.model_files import model_folder, verify, weights_digest

BATCH = 32
# Word pieces: multilingual BERT has 119,547, XLM-R 250,002, the largest English vocabulary in use 50,368.
MULTILINGUAL_VOCABULARY = 100_000
# Prefixes that a family of models needs and does not name in its files; its model cards do (Wang et al. 2024).
E5 = re.compile(r"(^|[/_-])e5-", re.IGNORECASE)
E5_PROMPTS = {"query": "query: ", "passage": "passage: "}


class SentenceTransformerEmbedder:
    """Loads ``name`` from ``knowledge.model_files.model_folder`` and honours the model's own prompts."""

    def __init__(self, name: str) -> None:
        self.name = name
        # Fast tokenizers change their own padding and truncation state on every call and are not
        # re-entrant ("Already borrowed"), so one call at a time.
        self._lock = threading.Lock()

    def fingerprint(self) -> Fingerprint:
        """Name, digest of the weights, dimension and prompts, read from the model's files."""
        return self._fingerprint

    @cached_property
    def multilingual(self) -> bool:
        """Told by the size of the vocabulary: BERT's English one has 30,522 word pieces, XLM-R's 250,002."""
        return int(_read(self.folder / "config.json").get("vocab_size", 0)) >= MULTILINGUAL_VOCABULARY

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of shape ``(len(texts), dimension)``; the library sorts batches by length."""
        return self._encode(list(texts), self._fingerprint.passage_prefix)

    def embed_question(self, text: str) -> Vectors:
        """One vector of shape ``(dimension,)``."""
        row: Vectors = self._encode([text], self._fingerprint.question_prefix)[0]
        return row

    def _encode(self, texts: list[str], prefix: str) -> Vectors:
        if not texts:
            return np.empty((0, self._fingerprint.dimension), dtype=np.float32)
        with self._lock:
            vectors = self.model.encode(
                texts, prompt=prefix or None, batch_size=BATCH, normalize_embeddings=True, show_progress_bar=False
            )
        return np.asarray(vectors, dtype=np.float32)

    @cached_property
    def folder(self) -> Path:
        """Where the model's files lie."""
        return model_folder(self.name)

    @cached_property
    def _fingerprint(self) -> Fingerprint:
        digest = weights_digest(self.folder)
        verify(self.name, digest)
        prompts = _read(self.folder / "config_sentence_transformers.json").get("prompts") or {}
        if not any(prompts.values()) and E5.search(self.name):
            prompts = E5_PROMPTS
        return Fingerprint(
            embedder=self.name,
            weights=digest,
            dimension=_dimension(self.folder),
            question_prefix=prompts.get("query", ""),
            passage_prefix=prompts.get("document", prompts.get("passage", "")),
        )

    @cached_property
    def model(self) -> Any:
        """The library's own object, loaded now if it was not."""
        _ = self._fingerprint  # the weights are checked before they are used
        from sentence_transformers import SentenceTransformer

        return SentenceTransformer(str(self.folder), trust_remote_code=False, local_files_only=True)


def _dimension(folder: Path) -> int:
    """Output size: that of the last dense layer if the model has one, else of the pooling layer."""
    for pattern, key in (
        ("*_Dense/config.json", "out_features"),
        ("*_Pooling/config.json", "word_embedding_dimension"),
    ):
        for file in sorted(folder.glob(pattern), reverse=True):
            return int(_read(file)[key])
    config = _read(folder / "config.json")
    if "hidden_size" not in config:
        raise EmbedderError(
            f"no config.json with the vectors' size in {folder}",
            "give the folder of a sentence-transformers model, as its `save` method writes it",
        )
    return int(config["hidden_size"])


def _read(file: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    return found
