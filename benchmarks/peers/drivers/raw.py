"""The limit: sentence-transformers alone, pieces of 1,000 characters, a matrix of vectors, a dot product."""

import json
from pathlib import Path

import numpy as np
from harness import K, run
from sentence_transformers import SentenceTransformer


def load(model):
    """The model."""
    return SentenceTransformer(model)


def ingest(model, docs, store):
    """Cut, embed, save."""
    pieces = [(name, text[at : at + 1000]) for name, text in docs.items() for at in range(0, len(text), 1000)]
    Path(store).mkdir()
    np.save(f"{store}/vectors.npy", model.encode([text for _, text in pieces], normalize_embeddings=True))
    Path(f"{store}/pieces.json").write_text(json.dumps(pieces), encoding="utf-8")
    return len(pieces)


def opened(model, store):
    """Every vector against the question's."""
    vectors = np.load(f"{store}/vectors.npy")
    pieces = json.loads(Path(f"{store}/pieces.json").read_text(encoding="utf-8"))

    def ask(question):
        best = np.argsort(-(vectors @ model.encode(question, normalize_embeddings=True)))[:K]
        return [pieces[at] for at in best]

    return ask


run(load, ingest, opened)
