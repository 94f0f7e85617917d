"""The embedder without a model: stemmed words hashed into a vector.

Knows nothing of meaning. It is the fake that tests use where the model does not matter, it needs no
weights, and it makes a restart cheap. The hashing trick: Weinberger et al. 2009.
"""

import hashlib
from collections.abc import Sequence

import numpy as np

from knowledge.embedder import Fingerprint, Vectors
from knowledge.terms import terms

DIMENSION = 256


class HashingEmbedder:
    """Deterministic, instant, and good enough to tell texts apart by their words."""

    multilingual = False

    def fingerprint(self) -> Fingerprint:
        """Always the same: there are no weights."""
        return Fingerprint("hashing", weights="none", dimension=DIMENSION)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of shape ``(len(texts), 256)``."""
        return np.stack([self.embed_question(text) for text in texts]) if texts else _empty()

    def embed_question(self, text: str) -> Vectors:
        """One vector of shape ``(256,)``; a text without words points along the first axis."""
        vector = np.zeros(DIMENSION, dtype=np.float32)
        for term in terms(text, "en"):
            digest = hashlib.blake2b(term.encode(), digest_size=8).digest()
            vector[int.from_bytes(digest[:4], "big") % DIMENSION] += 1.0 if digest[4] % 2 else -1.0
        if not vector.any():
            vector[0] = 1.0
        return vector / np.float32(np.linalg.norm(vector))


def _empty() -> Vectors:
    return np.empty((0, DIMENSION), dtype=np.float32)
