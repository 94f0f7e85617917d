"""txtai, as its tutorials do it: paragraphs, an Embeddings database with content, SQL for the stored text."""

import sys

sys.path.append(sys.path.pop(0))  # this file has the library's name

from harness import K, run
from txtai import Embeddings
from txtai.pipeline import Segmentation


def load(model):
    """An empty database with its model."""
    return Embeddings(path=model, content=True)


def ingest(embeddings, docs, store):
    """Index paragraphs and save."""
    paragraphs = Segmentation(paragraphs=True)
    rows = [{"text": part, "source": name} for name, text in docs.items() for part in paragraphs(text)]
    embeddings.index(rows)
    embeddings.save(store)
    return len(rows)


def opened(embeddings, store):
    """Semantic search with the stored text."""
    embeddings.load(store)
    query = f"SELECT text, source FROM txtai WHERE similar(:question, {K}) LIMIT {K}"  # noqa: S608
    return lambda question: [
        (row["source"], row["text"]) for row in embeddings.search(query, limit=K, parameters={"question": question})
    ]


run(load, ingest, opened)
