"""LlamaIndex, as its starter tutorial does it: VectorStoreIndex with the default splitter and store, persisted."""

from harness import K, run
from llama_index.core import Document, Settings, StorageContext, VectorStoreIndex, load_index_from_storage
from llama_index.embeddings.huggingface import HuggingFaceEmbedding


def load(model):
    """The embedder, for everything."""
    Settings.embed_model = HuggingFaceEmbedding(model_name=model)


def ingest(_loaded, docs, store):
    """Index and persist."""
    index = VectorStoreIndex.from_documents(
        [Document(text=text, metadata={"file_name": name}) for name, text in docs.items()]
    )
    index.storage_context.persist(persist_dir=store)
    return len(index.docstore.docs)


def opened(_loaded, store):
    """Retrieve nodes."""
    index = load_index_from_storage(StorageContext.from_defaults(persist_dir=store))
    retriever = index.as_retriever(similarity_top_k=K)
    return lambda question: [
        (found.node.metadata["file_name"], found.node.get_content()) for found in retriever.retrieve(question)
    ]


run(load, ingest, opened)
