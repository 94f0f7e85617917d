"""Weights are loaded only when they are the known ones and cannot run code."""

import hashlib
from pathlib import Path

import pytest

from knowledge.errors import EmbedderError
from knowledge.model_files import PACKAGED, PACKAGED_SHA256, model_folder, verify, weights_digest
from knowledge.sentence_transformer import SentenceTransformerEmbedder


def test_other_weights_under_the_packaged_name_are_refused_with_both_digests() -> None:
    with pytest.raises(EmbedderError) as caught:
        verify(PACKAGED, "0" * 64)
    assert "0" * 64 in str(caught.value)
    assert PACKAGED_SHA256 in str(caught.value)
    assert "reinstall" in caught.value.hint


def test_the_packaged_weights_are_the_published_ones() -> None:
    verify(PACKAGED, weights_digest(model_folder(PACKAGED)))


def test_a_model_of_the_owners_choice_may_have_any_weights() -> None:
    verify("/models/mine", "0" * 64)


def test_the_digest_covers_every_weights_file_in_order_of_name(tmp_path: Path) -> None:
    (tmp_path / "2_Dense").mkdir()
    (tmp_path / "model.safetensors").write_bytes(b"second")
    (tmp_path / "2_Dense" / "model.safetensors").write_bytes(b"first")
    (tmp_path / "README.md").write_text("not weights")
    assert weights_digest(tmp_path) == hashlib.sha256(b"firstsecond").hexdigest()


def test_a_folder_with_pickled_weights_only_is_refused(tmp_path: Path) -> None:
    (tmp_path / "pytorch_model.bin").write_bytes(b"pickle")
    with pytest.raises(EmbedderError, match=r"no \.safetensors weights in") as caught:
        SentenceTransformerEmbedder(str(tmp_path)).fingerprint()
    assert "pickled weights" in caught.value.hint


def test_a_folder_on_disk_is_a_model(tmp_path: Path) -> None:
    assert model_folder(str(tmp_path)) == tmp_path
