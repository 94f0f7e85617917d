"""The checks, in the order in which a newcomer would hit them."""

import os
import shutil
import socket
import sys
from collections.abc import Mapping
from pathlib import Path

from knowledge.errors import FootnoteError
from knowledge.settings import Setting, data_folder
from ui.doctor.check import Check
from ui.opened import open_catalogue

# The index of 300 articles takes some 10 MB; Chroma and SQLite need room to rewrite it.
DISK_MB = 500
# Questions in languages that no article is in are worth another embedder from this share and number on.
FOREIGN_SHARE, FOREIGN_QUESTIONS = 0.1, 5
MULTILINGUAL = "intfloat/multilingual-e5-small"

Settings = Mapping[str, Setting]


def run(settings: Settings, quick: bool) -> list[Check]:
    """Every check; ``quick`` leaves out loading the embedder, and asking a closed model's API."""
    from ui.doctor import closed, writer

    checks = [_python(), _disk(settings), _folder(settings), _index(settings)]
    if not quick:
        checks += [_embedder(settings), _languages(settings)]
    asked = None if quick else closed.check(settings)
    return [*checks, _ollama(settings), writer.check(settings), *([asked] if asked else []), _port(settings)]


def _python() -> Check:
    found = sys.version.split()[0]
    if sys.version_info >= (3, 11):
        return Check("Python", "ok", found)
    return Check("Python", "fail", f"{found}, needs 3.11 or newer", "python3.11 -m venv .venv")


def _existing(folder: Path) -> Path:
    """The nearest folder above that exists."""
    return next(parent for parent in (folder, *folder.parents) if parent.exists())


def _disk(settings: Settings) -> Check:
    folder = _existing(data_folder(settings))
    free = shutil.disk_usage(folder).free // 1_000_000
    if free >= DISK_MB:
        return Check("disk", "ok", f"{free:,} MB free")
    return Check(
        "disk", "fail", f"{free:,} MB free at {folder}", f"free {DISK_MB} MB, or set FOOTNOTE_DATA_DIR to another disk"
    )


def _folder(settings: Settings) -> Check:
    folder = data_folder(settings)
    place = _existing(folder)
    if place.is_dir() and os.access(place, os.W_OK | os.X_OK):
        return Check("data folder", "ok", f"{folder}" if folder.exists() else f"{folder} (will be made)")
    return Check("data folder", "fail", f"{place} cannot be written", "set FOOTNOTE_DATA_DIR to a folder of yours")


def _index(settings: Settings) -> Check:
    """Articles, chunks, and whether the embedder at hand wrote them."""
    from knowledge.chunk import CHUNKER
    from knowledge.vectors import VectorStore
    from knowledge.wiring import make_embedder

    try:
        with open_catalogue(data_folder(settings)) as catalogue:
            active = catalogue.active()
            articles, chunks = catalogue.count(active.number if active else None)
        wanted = make_embedder(str(settings["embedder"].value), data_folder(settings)).fingerprint()
    except FootnoteError as error:
        return Check("index", "fail", str(error), error.hint)
    if active is None or not chunks:
        return Check("index", "fail", "empty", "footnote ingest FOLDER")
    was = (active.fingerprint["embedder"], active.fingerprint["weights"], active.fingerprint["chunker"])
    if was != (wanted.embedder, wanted.weights, CHUNKER):
        return Check("index", "fail", f"written by {was[0]}, not by {wanted.embedder}", "footnote index rebuild")
    if not VectorStore(data_folder(settings)).exists:
        return Check("index", "fail", "the vectors are gone", "footnote index rebuild")
    return Check("index", "ok", f"{articles:,} articles, {chunks:,} chunks, embedder {was[0]}")


def _embedder(settings: Settings) -> Check:
    from knowledge import telemetry
    from knowledge.wiring import make_embedder

    telemetry.silence()
    try:
        embedder = make_embedder(str(settings["embedder"].value), data_folder(settings))
        size = len(embedder.embed_question("Does it load?"))
    except FootnoteError as error:
        return Check("embedder", "fail", str(error), error.hint)
    fingerprint = embedder.fingerprint()
    return Check(
        "embedder", "ok", f"{fingerprint.embedder}, {size} dimensions, weights {fingerprint.weights[:8]} as known"
    )


def _languages(settings: Settings) -> Check:
    """Whether the embedder can read what visitors ask, going by the questions whose traces are kept."""
    from assistant.traces import Traces
    from knowledge.wiring import make_embedder

    try:
        with open_catalogue(data_folder(settings)) as catalogue:
            spoken, asked = catalogue.languages(), Traces(catalogue.engine, 0).languages()
        multilingual = make_embedder(str(settings["embedder"].value), data_folder(settings)).multilingual
    except FootnoteError as error:
        return Check("languages", "fail", str(error), error.hint)
    foreign = {language: count for language, count in asked.most_common() if language not in spoken}
    found = f"articles in {', '.join(spoken) or 'none'}; questions in {', '.join(asked) or 'none yet'}"
    few = sum(foreign.values()) < max(FOREIGN_QUESTIONS, FOREIGN_SHARE * asked.total())
    if multilingual or few:
        return Check("languages", "ok", found)
    fix = f"FOOTNOTE_EMBEDDER={MULTILINGUAL}, then footnote index rebuild"
    return Check(
        "languages", "warn", f"{found}; {sum(foreign.values())} in {', '.join(foreign)}, as no article is", fix
    )


def _ollama(settings: Settings) -> Check:
    from assistant.models.address import check_url
    from assistant.models.model import ModelFailed
    from assistant.models.ollama_server import OllamaServer

    url = str(settings["ollama_url"].value)
    try:
        models = [listed.name for listed in OllamaServer(check_url(url)).models()]
    except ModelFailed:
        fix = "optional: `ollama serve`, or set FOOTNOTE_OLLAMA_URL; without it answers are quoted from the articles"
        return Check("Ollama", "warn", f"nothing answers like Ollama at {url}", fix)
    except FootnoteError as error:
        return Check("Ollama", "fail", str(error), error.hint)
    if not models:
        return Check("Ollama", "warn", f"answers at {url}, has no model that can chat", "footnote models pull")
    return Check("Ollama", "ok", f"{url}: {', '.join(models[:5])}")


def _port(settings: Settings) -> Check:
    host, port = str(settings["host"].value), int(settings["port"].value)
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            return Check("port", "warn", f"{host}:{port}: {error.strerror}", f"footnote serve --port {port + 1}")
    return Check("port", "ok", f"{host}:{port} is free")
