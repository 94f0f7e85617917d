"""int8: near the full model's vectors, an index of its own, and none for a model that has no export."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from knowledge.errors import EmbedderError
from knowledge.onnx_embedder import OnnxEmbedder
from knowledge.onnx_export import MODEL
from knowledge.onnx_int8 import Int8Embedder
from knowledge.wiring import make_embedder
from tests.knowledge.test_onnx_embedder import WithoutTokenizer

pytestmark = pytest.mark.embedder

TEXTS = ["What is retrieval-augmented generation?", "An open model runs on your own machine.", "Bread needs flour."]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("data")


def test_its_vectors_are_near_the_full_models_and_a_quarter_of_the_size(folder: Path) -> None:
    full, int8 = make_embedder("all-MiniLM-L6-v2", folder), make_embedder("all-MiniLM-L6-v2:int8", folder)
    ours, theirs = int8.embed_passages(TEXTS), full.embed_passages(TEXTS)
    cosines = np.sum(ours * theirs, axis=1)
    assert 0.97 < np.min(cosines) < np.max(cosines) < 0.99999
    assert np.allclose(np.linalg.norm(ours, axis=1), 1, atol=1e-5)
    large, small = sorted((file.stat().st_size for file in folder.rglob(MODEL)), reverse=True)
    assert small < large / 3


def test_a_vector_does_not_depend_on_what_else_is_computed(folder: Path) -> None:
    int8 = make_embedder("all-MiniLM-L6-v2:int8", folder)
    together = int8.embed_passages([*TEXTS, "A much longer text about something else altogether. " * 20])
    with ThreadPoolExecutor(3) as pool:
        alone = np.stack(list(pool.map(int8.embed_question, TEXTS)))
    assert np.max(np.abs(together[: len(TEXTS)] - alone)) < 1e-6


def test_its_fingerprint_is_its_own_and_names_the_setting_that_gives_it(folder: Path) -> None:
    full, int8 = (make_embedder(name, folder).fingerprint() for name in ("all-MiniLM-L6-v2", "all-MiniLM-L6-v2:int8"))
    assert int8.embedder == "all-MiniLM-L6-v2:int8"
    assert int8.digest != full.digest


def test_a_damaged_file_is_made_anew(folder: Path) -> None:
    make_embedder("all-MiniLM-L6-v2:int8", folder).embed_question("made")
    file = next(file for file in folder.rglob(MODEL) if file.parent.name == "int8")
    whole = file.stat().st_size
    file.write_bytes(b"damaged")
    make_embedder("all-MiniLM-L6-v2:int8", folder).embed_question("again")
    assert file.stat().st_size == whole


def test_a_model_without_an_export_has_no_int8(tmp_path: Path) -> None:
    embedder = Int8Embedder(OnnxEmbedder(WithoutTokenizer("odd"), tmp_path))
    with pytest.raises(EmbedderError, match="no int8 of it"):
        embedder.embed_question("x")
