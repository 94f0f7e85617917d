"""The embedder on ONNX Runtime: the reference's vectors without torch, a process start in one second.

The first use of a model exports it into the data folder (``onnx_export``), named by the digest of its weights.
A model that cannot be exported, or whose graph gives other vectors, runs on torch, with a notice.
"""

import json
import logging
import shutil
import tempfile
import threading
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from knowledge.embedder import Embedder, Fingerprint, Vectors
from knowledge.onnx_export import CONFIG, MODEL, PROBES, ExportFailed, check_parity, export, file_digest
from knowledge.sentence_transformer import SentenceTransformerEmbedder

# Vectors this close are the same in every ranking; all-MiniLM-L6-v2 gives 0.9999997.
PARITY = 0.9999
BATCH = 32
REFUSED = "not-exportable"

log = logging.getLogger(__name__)


class OnnxEmbedder:
    """Has the fingerprint of its reference: the vectors are the same, so the indexes are."""

    def __init__(self, reference: SentenceTransformerEmbedder, cache: Path) -> None:
        self._reference = reference
        self._cache = cache
        self._opening = threading.Lock()

    @property
    def multilingual(self) -> bool:
        """As the reference."""
        return self._reference.multilingual

    def fingerprint(self) -> Fingerprint:
        """That of the reference."""
        return self._reference.fingerprint()

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of shape ``(len(texts), dimension)``, computed in batches of texts of about the same length."""
        return self._opened.embed_passages(texts)

    def embed_question(self, text: str) -> Vectors:
        """One vector of shape ``(dimension,)``."""
        return self._opened.embed_question(text)

    @property
    def _opened(self) -> Embedder:
        with self._opening:
            return self._runner

    @cached_property
    def _runner(self) -> Embedder:
        """The exported graph, or the reference where that cannot be."""
        folder = self.exported()
        return self._reference if folder is None else Graph(folder, self.tokenizer, self)

    @property
    def tokenizer(self) -> Path:
        """The tokenizer's file, as the reference has it."""
        return self._reference.folder / "tokenizer.json"

    def exported(self) -> Path | None:
        """The folder of the proven export, made now if it is not there; None for a model that cannot be exported."""
        folder = self._cache / self.fingerprint().weights[:16]
        if (folder / REFUSED).exists():
            return None
        if not intact(folder):
            try:
                self._export(folder)
            except ExportFailed as failed:
                log.warning("%s runs on torch: %s", self._reference.name, failed)
                folder.mkdir(parents=True, exist_ok=True)
                (folder / REFUSED).write_text(str(failed), encoding="utf-8")
                return None
        return folder

    def _export(self, folder: Path) -> None:
        """Export beside, prove parity, move into place: a killed export leaves nothing that would be used."""
        log.info("exporting %s to ONNX, once ...", self._reference.name)
        self._cache.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=self._cache) as beside:
            made = Path(beside) / "made"
            export(self._reference, made)
            graph = Graph(made, self.tokenizer, self)
            check_parity(self._reference.embed_passages(PROBES), graph.embed_passages(PROBES), PARITY)
            if not intact(folder):  # another process may have been quicker
                shutil.rmtree(folder, ignore_errors=True)
                made.rename(folder)


def intact(folder: Path) -> bool:
    """Is there an export, and is it the file that was proven?"""
    if not (folder / CONFIG).exists() or not (folder / MODEL).exists():
        return False
    proven = json.loads((folder / CONFIG).read_text(encoding="utf-8"))["sha256"]
    return bool(proven == file_digest(folder / MODEL))


class Graph:
    """An exported model in ``folder``, with the tokenizer's file and the prompts of ``model``. Safe across threads."""

    def __init__(self, folder: Path, tokenizer: Path, model: Embedder, batch: int = BATCH) -> None:
        import onnxruntime
        from tokenizers import Tokenizer

        self.multilingual = model.multilingual
        self._fingerprint = model.fingerprint()
        self._batch = batch
        config = json.loads((folder / CONFIG).read_text(encoding="utf-8"))
        self._inputs: list[str] = config["inputs"]
        self._tokenizer: Any = Tokenizer.from_file(str(tokenizer))
        self._tokenizer.enable_truncation(config["max_length"])
        self._tokenizer.enable_padding(pad_id=config["pad_id"], pad_token=config["pad_token"])
        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3  # its warnings about machines without a GPU say nothing to an owner
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")  # full text is searched meanwhile
        providers = ["CPUExecutionProvider"]
        self._session: Any = onnxruntime.InferenceSession(str(folder / MODEL), options, providers=providers)

    def fingerprint(self) -> Fingerprint:
        """That of the reference."""
        return self._fingerprint

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of shape ``(len(texts), dimension)``."""
        vectors = np.empty((len(texts), self._fingerprint.dimension), dtype=np.float32)
        order = sorted(range(len(texts)), key=lambda at: len(texts[at]))
        for start in range(0, len(order), self._batch):
            part = order[start : start + self._batch]
            vectors[part] = self._run([self._fingerprint.passage_prefix + texts[at] for at in part])
        return vectors

    def embed_question(self, text: str) -> Vectors:
        """One vector of shape ``(dimension,)``, in a run of its own: see ``docs/decisions/0006-questions-alone.md``."""
        question: Vectors = self._run([self._fingerprint.question_prefix + text])[0]
        return question

    def _run(self, texts: list[str]) -> Vectors:
        encoded = self._tokenizer.encode_batch(texts)
        known = {
            "input_ids": [one.ids for one in encoded],
            "attention_mask": [one.attention_mask for one in encoded],
            "token_type_ids": [one.type_ids for one in encoded],
        }
        fed = {name: np.array(known[name], dtype=np.int64) for name in self._inputs}
        found: Vectors = self._session.run(None, fed)[0]
        return found
