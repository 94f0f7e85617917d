"""Footnote itself, in its own environment: hybrid search over the same folder of articles."""

import tempfile
from pathlib import Path

from harness import K, run

from ingest.progress import quiet
from ingest.sources import Files
from ingest.sync import sync
from knowledge.wiring import make_embedder, open_knowledge


def load(model):
    """The embedder, warm; its one-time export to ONNX lies beside the weights."""
    embedder = make_embedder(model, Path(model).parent)
    embedder.embed_question("warm up")
    return embedder


def base(embedder, store):
    """The data folder with that embedder."""
    knowledge = open_knowledge(Path(store), embedder.fingerprint().embedder, "benchmark")
    knowledge.embedder = embedder
    return knowledge


def ingest(embedder, docs, store):
    """Sync a folder."""
    knowledge = base(embedder, store)
    with tempfile.TemporaryDirectory() as folder:
        for name, text in docs.items():
            (Path(folder) / name).write_text(text, encoding="utf-8")
        sync(knowledge, [Files("set", Path(folder))], quiet)
    chunks = knowledge.catalogue.count(knowledge.generation())[1]
    knowledge.close()
    return chunks


def opened(embedder, store):
    """Search."""
    searcher = base(embedder, store).searcher()
    return lambda question: [(f"{hit.article_id}.md", hit.text) for hit in searcher.search(question, K)]


run(load, ingest, opened)
