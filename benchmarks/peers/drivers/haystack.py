"""Haystack, as its first tutorial does it: splitter, embedder, in-memory store, two pipelines; saved to a file."""

import sys
from pathlib import Path

sys.path.append(sys.path.pop(0))  # this file has the library's name

from harness import K, run
from haystack import Document, Pipeline
from haystack.components.preprocessors import DocumentSplitter
from haystack.components.retrievers.in_memory import InMemoryEmbeddingRetriever
from haystack.components.writers import DocumentWriter
from haystack.document_stores.in_memory import InMemoryDocumentStore
from haystack_integrations.components.embedders.sentence_transformers import (
    SentenceTransformersDocumentEmbedder,
    SentenceTransformersTextEmbedder,
)


def load(model):
    """The model of whichever embedder the step needs."""
    kind = SentenceTransformersDocumentEmbedder if sys.argv[1] == "ingest" else SentenceTransformersTextEmbedder
    embedder = kind(model=model, progress_bar=False)
    embedder.warm_up()
    return embedder


def ingest(embedder, docs, store):
    """Split, embed, write, save."""
    kept = InMemoryDocumentStore()
    pipeline = Pipeline()
    pipeline.add_component("splitter", DocumentSplitter())
    pipeline.add_component("embedder", embedder)
    pipeline.add_component("writer", DocumentWriter(kept))
    pipeline.connect("splitter", "embedder")
    pipeline.connect("embedder", "writer")
    documents = [Document(content=text, meta={"name": name}) for name, text in docs.items()]
    pipeline.run({"splitter": {"documents": documents}})
    Path(store).mkdir()
    kept.save_to_disk(f"{store}/documents.json")
    return kept.count_documents()


def opened(embedder, store):
    """Embed the question, retrieve."""
    pipeline = Pipeline()
    pipeline.add_component("embedder", embedder)
    kept = InMemoryDocumentStore.load_from_disk(f"{store}/documents.json")
    pipeline.add_component("retriever", InMemoryEmbeddingRetriever(kept, top_k=K))
    pipeline.connect("embedder.embedding", "retriever.query_embedding")

    def ask(question):
        found = pipeline.run({"embedder": {"text": question}})["retriever"]["documents"]
        return [(document.meta["name"], document.content) for document in found]

    return ask


run(load, ingest, opened)
