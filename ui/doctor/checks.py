"""The checks, in the order in which a newcomer would hit them."""

from collections.abc import Mapping

from knowledge.settings import Setting
from ui.doctor import base, closed, machine, ollama, writer
from ui.doctor.check import Check


def run(settings: Mapping[str, Setting], quick: bool) -> list[Check]:
    """Every check; ``quick`` leaves out loading the embedder, and asking a closed model's API."""
    checks = [machine.python(), machine.disk(settings), machine.folder(settings), base.index(settings)]
    if not quick:
        checks += [base.embedder(settings), base.languages(settings)]
    checks += [ollama.check(settings), writer.check(settings)]
    if not quick and (asked := closed.check(settings)):
        checks.append(asked)
    return [*checks, machine.port(settings)]
