"""An environment per peer, made once by uv outside the repository; one that cannot be installed is told."""

import subprocess
import sys
from pathlib import Path

TORCH = "torch==2.13.0"  # the one our own requirements have; a CPU wheel of it in UV_FIND_LINKS is taken

PACKAGES = {
    "langchain": (
        "langchain-chroma==1.1.0", "langchain-huggingface==1.2.3", "langchain-text-splitters==1.1.3",
        "sentence-transformers==6.2.0",
    ),
    "txtai": ("txtai==9.14.0",),
    "llamaindex": ("llama-index-core==0.14.25", "llama-index-embeddings-huggingface==0.8.0"),
    "haystack": ("haystack-ai==3.4.0", "sentence-transformers-haystack==2.0.0"),
}  # fmt: skip


def python_of(peer: str, folder: Path) -> Path | str:
    """The interpreter to run a peer's driver with, or why there is none."""
    if peer not in PACKAGES:
        return Path(sys.executable)
    python = folder / peer / "bin" / "python"
    # Copies: LlamaIndex's NLTK refuses to read files that are linked to uv's cache.
    ready = folder / f"{peer}.installed"
    uv = Path(sys.executable).parent / "uv"
    if not ready.exists():
        for command in (
            [str(uv), "venv", "-q", "--clear", "--python", sys.executable, str(folder / peer)],
            [str(uv), "pip", "install", "-q", "--link-mode", "copy", "--python", str(python), TORCH, *PACKAGES[peer]],
        ):
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            if done.returncode:
                return f"cannot be installed: {done.stderr.strip().splitlines()[-1]}"
        ready.touch()
    return python
