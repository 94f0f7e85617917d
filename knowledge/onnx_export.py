"""Exports a sentence-transformers model to ONNX, whole: tokens in, normalised vectors out.

Runs once per model. sentence-transformers stays the reference: the exported graph must give its vectors on a set
of probe texts, or it is not used.
"""

import hashlib
import json
import warnings
from pathlib import Path
from typing import Any

import numpy as np

from knowledge.embedder import Vectors
from knowledge.sentence_transformer import SentenceTransformerEmbedder

MODEL = "model.onnx"
CONFIG = "config.json"
OPSET = 17

# Short, long, cut off, other scripts, empty: what a tokenizer and a graph with free shapes could get wrong.
PROBES = (
    "RAG?", "What is retrieval-augmented generation?", "Wat is een hallucinatie in een groot taalmodel?", "a", " ",
    "Größe, naïveté, façade — “quoted” … 100 % & <tags>", "人工智能是什么？", "ما هو الذكاء الاصطناعي؟", "😀 emoji",
    "Open-source vs closed-source AI models > Advantages\nPrivacy — data stays here. " * 3,
    "A sentence that is repeated until the model's limit cuts it off. " * 60,
)  # fmt: skip


class ExportFailed(Exception):
    """The model cannot be exported, or its graph gives other vectors; the message says which."""


def export(reference: SentenceTransformerEmbedder, folder: Path) -> None:
    """Write ``model.onnx`` and ``config.json`` (inputs, padding, maximum length) into ``folder``.

    Raises:
        ExportFailed: torch cannot trace the model.
    """
    import torch

    if not (reference.folder / "tokenizer.json").exists():
        raise ExportFailed("it has no tokenizer.json")
    model = reference.model
    tokenizer = model.tokenizer
    names = list(tokenizer.model_input_names)
    sample = tokenizer(["two texts", "of different length to trace"], return_tensors="pt", padding=True)
    axes = {name: {0: "texts", 1: "tokens"} for name in names} | {"embedding": {0: "texts"}}
    folder.mkdir(parents=True, exist_ok=True)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the exporter warns of its successor and of traced shapes; parity is checked
        try:
            torch.onnx.export(
                _whole(model, names), tuple(sample[name] for name in names), str(folder / MODEL),
                input_names=names, output_names=["embedding"], dynamic_axes=axes, opset_version=OPSET, dynamo=False,
            )  # fmt: skip
        except (RuntimeError, TypeError, KeyError, torch.onnx.OnnxExporterError) as error:
            raise ExportFailed(f"torch cannot export it ({type(error).__name__})") from error
    config = {
        "inputs": names, "max_length": model.max_seq_length,
        "pad_id": tokenizer.pad_token_id, "pad_token": tokenizer.pad_token,
    }  # fmt: skip
    (folder / CONFIG).write_text(json.dumps(config), encoding="utf-8")
    seal(folder)


def seal(folder: Path) -> None:
    """Note the digest of the model beside it, by which a damaged file is told."""
    config = json.loads((folder / CONFIG).read_text(encoding="utf-8"))
    (folder / CONFIG).write_text(json.dumps(config | {"sha256": file_digest(folder / MODEL)}), encoding="utf-8")


def file_digest(file: Path) -> str:
    """SHA-256 of a file, in hex."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def check_parity(reference: Vectors, exported: Vectors, least: float) -> None:
    """Compare vectors of length one, row by row.

    Raises:
        ExportFailed: a pair's cosine is below ``least``.
    """
    worst = float(np.min(np.sum(reference * exported, axis=1)))
    if not worst >= least:
        raise ExportFailed(f"its graph gives other vectors (cosine {worst:.6f})")


def _whole(model: Any, names: list[str]) -> Any:
    """The model with pooling and normalisation as one module with positional tensors."""
    import torch

    class Whole(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.model = model

        def forward(self, *tensors: Any) -> Any:
            vectors = self.model(dict(zip(names, tensors, strict=True)))["sentence_embedding"]
            return torch.nn.functional.normalize(vectors, dim=-1)

    return Whole().eval()
