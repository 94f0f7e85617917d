"""What an embedder is: texts in, unit vectors out, and a fingerprint that says which one it was."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """Everything that decides what a vector means. Vectors of two fingerprints are never compared."""

    embedder: str
    weights: str
    dimension: int
    question_prefix: str = ""
    passage_prefix: str = ""
    chunker: str = ""

    @property
    def digest(self) -> str:
        """Sixteen hex digits that stand for all fields."""
        return _digest(self)


@lru_cache(maxsize=16)  # every search asks for the same one
def _digest(fingerprint: Fingerprint) -> str:
    return hashlib.sha256(json.dumps(asdict(fingerprint), sort_keys=True).encode()).hexdigest()[:16]


class Embedder(Protocol):
    """Turns text into vectors of length one, so that a dot product is the cosine."""

    @property
    def multilingual(self) -> bool:
        """Does it place texts of several languages by their meaning?"""
        ...

    def fingerprint(self) -> Fingerprint:
        """Which embedder this is, found without loading the model.

        Raises:
            EmbedderError: the model is missing or its weights are not the known ones.
        """
        ...

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of shape ``(len(texts), dimension)``, each of length one."""
        ...

    def embed_question(self, text: str) -> Vectors:
        """One vector of shape ``(dimension,)``, of length one."""
        ...
