"""A model's fingerprint is read from its files, without loading it."""

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from knowledge.errors import EmbedderError
from knowledge.sentence_transformer import SentenceTransformerEmbedder


def write_model(folder: Path, **files: dict[str, Any]) -> str:
    (folder / "model.safetensors").write_bytes(b"weights")
    for name, content in files.items():
        path = folder / name.replace("__", "/").replace("_json", ".json")
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(content))
    return str(folder)


def test_prompts_and_dimension_are_the_models_own(tmp_path: Path) -> None:
    prompts = {"prompts": {"query": "query: ", "document": "passage: "}}
    name = write_model(tmp_path, config_json={"hidden_size": 384}, config_sentence_transformers_json=prompts)
    fingerprint = SentenceTransformerEmbedder(name).fingerprint()
    assert (fingerprint.embedder, fingerprint.dimension) == (name, 384)
    assert (fingerprint.question_prefix, fingerprint.passage_prefix) == ("query: ", "passage: ")


def test_a_dense_layer_decides_over_pooling_and_hidden_size(tmp_path: Path) -> None:
    pooling, dense = {"word_embedding_dimension": 768}, {"out_features": 128}
    name = write_model(tmp_path, config_json={"hidden_size": 768})
    write_model(tmp_path, **{"1_Pooling__config_json": pooling})
    assert SentenceTransformerEmbedder(name).fingerprint().dimension == 768
    write_model(tmp_path, **{"2_Dense__config_json": dense})
    assert SentenceTransformerEmbedder(name).fingerprint().dimension == 128


def test_a_folder_that_is_no_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EmbedderError, match=r"config\.json"):
        SentenceTransformerEmbedder(write_model(tmp_path)).fingerprint()


def test_a_fingerprint_loads_no_model(tmp_path: Path) -> None:
    before = set(sys.modules)
    SentenceTransformerEmbedder(write_model(tmp_path, config_json={"hidden_size": 8})).fingerprint()
    assert not {"torch", "sentence_transformers"} & (set(sys.modules) - before)


def test_other_weights_are_another_fingerprint(tmp_path: Path) -> None:
    name = write_model(tmp_path, config_json={"hidden_size": 8})
    before = SentenceTransformerEmbedder(name).fingerprint().digest
    (tmp_path / "model.safetensors").write_bytes(b"retrained")
    assert SentenceTransformerEmbedder(name).fingerprint().digest != before


@pytest.mark.parametrize(
    ("config", "multilingual"),
    [({"vocab_size": 30522}, False), ({"vocab_size": 50368}, False), ({"vocab_size": 119547}, True), ({}, False)],
)
def test_a_large_vocabulary_is_of_many_languages(tmp_path: Path, config: dict[str, int], multilingual: bool) -> None:
    assert SentenceTransformerEmbedder(write_model(tmp_path, config_json=config)).multilingual is multilingual


@pytest.mark.parametrize(
    ("folder", "prompts", "expected"),
    [
        ("multilingual-e5-small", {}, ("query: ", "passage: ")),
        ("E5-large-v2", {"query": "", "document": ""}, ("query: ", "passage: ")),
        ("e5-own-prompts", {"query": "ask: ", "document": "text: "}, ("ask: ", "text: ")),
        ("some-e5model", {}, ("", "")),
        ("phrase5-small", {}, ("", "")),
    ],
)
def test_e5_models_get_the_prefixes_that_their_files_leave_out(
    tmp_path: Path, folder: str, prompts: dict[str, str], expected: tuple[str, str]
) -> None:
    (tmp_path / folder).mkdir()
    settings = {"prompts": prompts}
    name = write_model(tmp_path / folder, config_json={"hidden_size": 8}, config_sentence_transformers_json=settings)
    fingerprint = SentenceTransformerEmbedder(name).fingerprint()
    assert (fingerprint.question_prefix, fingerprint.passage_prefix) == expected
