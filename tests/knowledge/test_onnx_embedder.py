"""The exported graph gives the reference's vectors, is made once, and torch is not needed after that."""

import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from knowledge.onnx_embedder import PARITY, REFUSED, Graph, OnnxEmbedder
from knowledge.onnx_export import CONFIG, MODEL, PROBES, ExportFailed, check_parity
from knowledge.sentence_transformer import SentenceTransformerEmbedder

pytestmark = pytest.mark.embedder

TEXTS = ["What is RAG?", "x", "Een Nederlandse zin over taalmodellen.", "word " * 700, "Naïve café — 100 %"] * 9


@pytest.fixture(scope="module")
def reference() -> SentenceTransformerEmbedder:
    return SentenceTransformerEmbedder("all-MiniLM-L6-v2")


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory, reference: SentenceTransformerEmbedder) -> Path:
    folder = tmp_path_factory.mktemp("models")
    OnnxEmbedder(reference, folder).embed_question("export it")
    return folder


def exported(cache: Path, reference: SentenceTransformerEmbedder) -> Path:
    return cache / reference.fingerprint().weights[:16]


def graph_of(cache: Path, reference: SentenceTransformerEmbedder) -> Graph:
    return Graph(exported(cache, reference), reference.folder / "tokenizer.json", reference)


def test_its_vectors_are_the_references_at_other_lengths_and_batch_sizes(
    cache: Path, reference: SentenceTransformerEmbedder
) -> None:
    ours, theirs = OnnxEmbedder(reference, cache).embed_passages(TEXTS), reference.embed_passages(TEXTS)
    assert np.min(np.sum(ours * theirs, axis=1)) >= PARITY
    assert np.allclose(np.linalg.norm(ours, axis=1), 1, atol=1e-5)


def test_it_has_the_references_fingerprint_so_no_index_is_built_anew(
    cache: Path, reference: SentenceTransformerEmbedder
) -> None:
    assert OnnxEmbedder(reference, cache).fingerprint() == reference.fingerprint()


def test_once_exported_a_new_process_needs_no_torch(cache: Path) -> None:
    code = (
        "import sys\nfrom pathlib import Path\n"
        "from knowledge.onnx_embedder import OnnxEmbedder\n"
        "from knowledge.sentence_transformer import SentenceTransformerEmbedder\n"
        f"OnnxEmbedder(SentenceTransformerEmbedder('all-MiniLM-L6-v2'), Path({str(cache)!r})).embed_question('hello')\n"
        "assert not {'torch', 'transformers', 'sentence_transformers'} & sys.modules.keys()\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr


def test_a_damaged_export_is_made_anew(cache: Path, reference: SentenceTransformerEmbedder) -> None:
    file = exported(cache, reference) / MODEL
    whole = file.read_bytes()
    file.write_bytes(whole[:1000])
    OnnxEmbedder(reference, cache).embed_question("again")
    assert len(file.read_bytes()) == len(whole)


def test_a_graph_with_other_vectors_is_not_used() -> None:
    vectors = np.eye(3, dtype=np.float32)
    check_parity(vectors, vectors, PARITY)
    with pytest.raises(ExportFailed, match=r"cosine 0\.0"):
        check_parity(vectors, vectors[[1, 0, 2]], PARITY)
    with pytest.raises(ExportFailed, match="cosine nan"):
        check_parity(vectors, vectors * np.float32("nan"), PARITY)


class WithoutTokenizer(SentenceTransformerEmbedder):
    """A model whose tokenizer comes in another form than ``tokenizer.json``."""

    folder = Path("/nowhere")

    def fingerprint(self):  # type: ignore[no-untyped-def]  # noqa: ANN201
        """That of the packaged model."""
        return SentenceTransformerEmbedder("all-MiniLM-L6-v2").fingerprint()

    def embed_question(self, text: str):  # type: ignore[no-untyped-def]  # noqa: ANN201
        """A vector that shows it was the reference."""
        return np.ones(384, dtype=np.float32)


def test_a_model_that_cannot_be_exported_runs_on_torch_with_a_notice(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    embedder = OnnxEmbedder(WithoutTokenizer("odd"), tmp_path)
    assert embedder.embed_question("x").sum() == 384
    assert "odd runs on torch: it has no tokenizer.json" in caplog.text
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == [REFUSED]


def test_questions_asked_at_the_same_time_get_the_vectors_they_get_alone(
    cache: Path, reference: SentenceTransformerEmbedder
) -> None:
    graph = graph_of(cache, reference)
    questions = [f"What is number {number}" + " and why" * number for number in range(16)]
    alone = [graph.embed_question(question) for question in questions]
    with ThreadPoolExecutor(16) as pool:
        together = list(pool.map(graph.embed_question, questions * 3))
    assert np.max(np.abs(np.stack(together) - np.stack(alone * 3))) < 1e-6


def test_threads_do_not_disturb_each_other(cache: Path, reference: SentenceTransformerEmbedder) -> None:
    graph = graph_of(cache, reference)
    alone = graph.embed_passages(TEXTS)
    results: dict[int, float] = {}

    def embed(number: int) -> None:
        results[number] = float(np.min(np.sum(graph.embed_passages(TEXTS) * alone, axis=1)))

    threads = [threading.Thread(target=embed, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert min(results.values()) > 0.99999
    assert (exported(cache, reference) / CONFIG).exists()
    assert len(PROBES) > 10
