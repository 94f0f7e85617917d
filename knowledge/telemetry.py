"""Telemetry of every dependency off, before any of them is imported."""

import os

# Each library's own switch, from its documentation.
SWITCHES = {
    "ANONYMIZED_TELEMETRY": "False",  # chromadb
    "GRADIO_ANALYTICS_ENABLED": "False",  # gradio: start, version check, errors
    "HF_HUB_DISABLE_TELEMETRY": "1",  # huggingface_hub, transformers, sentence-transformers
    "ORT_DISABLE_TELEMETRY": "1",  # onnxruntime, on by default on Linux since 1.29
    "DO_NOT_TRACK": "1",  # the common switch, honoured by several
    "LANGSMITH_TRACING": "false",  # langchain's hosted tracing
    "LANGCHAIN_TRACING_V2": "false",
}


def silence() -> None:
    """Set every switch; called by the composition roots, since some libraries read them at import."""
    os.environ.update(SWITCHES)
