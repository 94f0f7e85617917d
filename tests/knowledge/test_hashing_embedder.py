"""The embedder without a model keeps the promises of every embedder."""

import numpy as np
import pytest

from knowledge.hashing_embedder import DIMENSION, HashingEmbedder

EMBEDDER = HashingEmbedder()


@pytest.mark.parametrize("text", ["Flour and water", "", "?!", "bread bread bread"])
def test_every_vector_has_length_one(text: str) -> None:
    vector = EMBEDDER.embed_question(text)
    assert vector.shape == (DIMENSION,)
    assert vector.dtype == np.float32
    assert np.linalg.norm(vector) == pytest.approx(1.0, abs=1e-5)


def test_passages_come_as_rows() -> None:
    rows = EMBEDDER.embed_passages(["flour", "water"])
    assert rows.shape == (2, DIMENSION)
    assert np.array_equal(rows[1], EMBEDDER.embed_question("water"))
    assert EMBEDDER.embed_passages([]).shape == (0, DIMENSION)


def test_forms_of_a_word_point_the_same_way_and_other_words_elsewhere() -> None:
    ovens, oven, salt = EMBEDDER.embed_passages(["the ovens", "oven", "salt"])
    assert ovens @ oven == pytest.approx(1.0, abs=1e-5)
    assert abs(float(oven @ salt)) < 0.1


def test_the_fingerprint_never_changes() -> None:
    assert EMBEDDER.fingerprint().digest == HashingEmbedder().fingerprint().digest
    assert EMBEDDER.fingerprint().dimension == DIMENSION
