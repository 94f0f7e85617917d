"""LangChain, as its retrieval tutorial does it: recursive splitter 1000/200, dense vectors, Chroma."""

from harness import K, run
from langchain_chroma import Chroma
from langchain_core.documents import Document
from langchain_huggingface import HuggingFaceEmbeddings
from langchain_text_splitters import RecursiveCharacterTextSplitter


def load(model):
    """The embedder."""
    return HuggingFaceEmbeddings(model_name=model)


def ingest(embeddings, docs, store):
    """Split and add."""
    splitter = RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=200, add_start_index=True)
    splits = splitter.split_documents([Document(text, metadata={"source": name}) for name, text in docs.items()])
    Chroma(collection_name="example", embedding_function=embeddings, persist_directory=store).add_documents(splits)
    return len(splits)


def opened(embeddings, store):
    """Similarity search."""
    chroma = Chroma(collection_name="example", embedding_function=embeddings, persist_directory=store)
    return lambda question: [
        (found.metadata["source"], found.page_content) for found in chroma.similarity_search(question, k=K)
    ]


run(load, ingest, opened)
