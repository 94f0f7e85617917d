"""The checks, in the order in which a newcomer would hit them."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor

from knowledge.settings import Setting
from ui.doctor import base, machine
from ui.doctor.check import Check


def run(settings: Mapping[str, Setting], quick: bool) -> list[Check]:
    """Every check; ``quick`` leaves out loading the embedder, and asking a closed model's API."""
    checks = [machine.python(), machine.disk(settings), machine.folder(settings)]
    with ThreadPoolExecutor(1) as pool:
        index = pool.submit(base.index, settings)  # the weights' digest, while what asks models is loaded
        writers = _writers(settings, quick)
    checks.append(index.result())
    if not quick:
        checks += [base.embedder(settings), base.languages(settings)]
    return [*checks, *writers, machine.port(settings)]


def _writers(settings: Mapping[str, Setting], quick: bool) -> list[Check]:
    """Ollama, who writes, and the model behind an API where one is configured."""
    from ui.doctor import closed, ollama, writer

    asked = None if quick else closed.check(settings)
    return [ollama.check(settings), writer.check(settings), *([asked] if asked else [])]
