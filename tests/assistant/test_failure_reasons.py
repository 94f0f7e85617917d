"""Every reason for which a model may fail can be read in Dutch."""

import ast
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from assistant.failure_reasons import REASONS, reason_in
from assistant.models import api, ollama
from assistant.models.model import ScriptedModel
from assistant.question import check
from assistant.settings import ASSISTANT
from assistant.wiring import make_assistant
from knowledge.wiring import Knowledge

ASSISTANT_FOLDER = Path(__file__).parents[2] / "assistant"


def raised() -> Iterator[str]:
    """Every text that stands in a ``ModelFailed(...)``, comparisons aside."""
    for path in ASSISTANT_FOLDER.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "ModelFailed":
                yield from _texts(node.args[0])


def _texts(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.IfExp):
        yield from (*_texts(node.body), *_texts(node.orelse))
    elif isinstance(node, ast.Constant):
        yield str(node.value)
    elif isinstance(node, ast.Call):  # a table of reasons with one for the rest
        yield from _texts(node.args[-1])


def test_no_reason_is_left_in_english_alone() -> None:
    known = {*raised(), "stopped", *api.REASONS.values(), *ollama.REASONS.values()}
    assert len(known) > 20
    for language, words in REASONS.items():
        assert known == words.keys(), language
    assert {reason_in("de", reason) for reason in known} == known


def test_a_dutch_visitor_reads_the_note_in_dutch(base: Knowledge, ingest: Callable[..., Any]) -> None:
    ingest(brood="---\nlanguage: nl\n---\n# Brood\n\nBrood wordt gebakken van meel, water en zout.")
    settings = {setting.name: setting for setting in ASSISTANT}
    answer = make_assistant(base, settings, ScriptedModel([], fails="timed out")).answer(
        check("Waarvan wordt brood gebakken?", language="nl")
    )
    assert (
        answer.note == "Het taalmodel antwoordde niet (te lang stil), dus dit antwoord is aangehaald uit de artikelen."
    )
