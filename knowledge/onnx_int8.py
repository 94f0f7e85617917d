"""The exported model with weights of eight bits: a quarter of the size, faster, slightly worse; an owner's choice.

ONNX Runtime's dynamic quantisation takes the scale of the activations from a whole batch, so that a text's vector would
depend on its company: texts are computed one by one. The vectors are others, so the fingerprint is another: no index
mixes the two.
"""

import shutil
import tempfile
import threading
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from knowledge.embedder import Fingerprint, Vectors
from knowledge.errors import EmbedderError
from knowledge.onnx_embedder import Graph, OnnxEmbedder, intact
from knowledge.onnx_export import CONFIG, MODEL, seal

SUFFIX = ":int8"


class Int8Embedder:
    """Quantises the export of ``full`` once, into a folder beside it."""

    def __init__(self, full: OnnxEmbedder) -> None:
        self._full = full
        self._opening = threading.Lock()

    def fingerprint(self) -> Fingerprint:
        """That of the full model under a name of its own."""
        full = self._full.fingerprint()
        return replace(full, embedder=full.embedder + SUFFIX)

    @property
    def multilingual(self) -> bool:
        """As the full model."""
        return self._full.multilingual

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of shape ``(len(texts), dimension)``."""
        return self._opened.embed_passages(texts)

    def embed_question(self, text: str) -> Vectors:
        """One vector of shape ``(dimension,)``."""
        return self._opened.embed_question(text)

    @property
    def _opened(self) -> Graph:
        with self._opening:
            return self._graph

    @cached_property
    def _graph(self) -> Graph:
        full = self._full.exported()
        if full is None:
            name = self._full.fingerprint().embedder
            raise EmbedderError(
                f"embedder {name} cannot be exported to ONNX, so there is no int8 of it",
                f"set FOOTNOTE_EMBEDDER={name}",
            )
        folder = full / "int8"
        if not intact(folder):
            _quantise(full, folder)
        return Graph(folder, self._full.tokenizer, self, batch=1)


def _quantise(full: Path, folder: Path) -> None:
    """Quantise beside and move into place.

    Each output channel has a scale (cosine to the full model 0.993; with one scale a matrix 0.946), and seven of the
    eight bits are used: processors without VNNI would overflow.
    """
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from onnxruntime.quantization.shape_inference import quant_pre_process

    with tempfile.TemporaryDirectory(dir=full) as beside:
        made = Path(beside) / "made"
        made.mkdir()
        quant_pre_process(str(full / MODEL), f"{beside}/{MODEL}", skip_symbolic_shape=True, skip_optimization=True)
        quantize_dynamic(
            f"{beside}/{MODEL}", str(made / MODEL), weight_type=QuantType.QInt8, per_channel=True, reduce_range=True
        )
        shutil.copy(full / CONFIG, made / CONFIG)
        seal(made)
        shutil.rmtree(folder, ignore_errors=True)
        made.rename(folder)
