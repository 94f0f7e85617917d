"""Batches: a file of questions in, a file of results out, line by line in the same order."""

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from knowledge.errors import FootnoteError, UsageError

Work = Callable[[str, Sequence[Mapping[str, str]]], dict[str, Any]]


def check_choice(question: str | None, batch: Path | None, out: Path | None) -> None:
    """Pass where a command was given one question, or a batch of them.

    Raises:
        UsageError: both, neither, or a place for results without a batch.
    """
    if out and not batch:
        raise UsageError("--out goes with --batch", "leave it out, or give the questions with --batch IN.jsonl")
    if (question is None) == (batch is None):
        raise UsageError("give a question or --batch, not both and not neither", 'footnote ask "What is RAG?"')


def run(source: Path, target: Path | None, work: Work) -> int:
    """Call ``work(question, history)`` for every line of ``source``; returns how many lines were written.

    A line that is not a question, or that ``work`` refuses, gives ``{"id", "error"}``.

    The results take their place when all are there, so a batch that is stopped leaves an older file alone.

    Raises:
        UsageError: no ``target``, or a file that cannot be read or written.
    """
    if target is None:
        raise UsageError("--batch needs a place for its results", "add --out OUT.jsonl")
    beside = target.with_name(target.name + ".part")
    written = 0
    try:
        with source.open("rb") as lines, beside.open("w", encoding="utf-8", errors="replace") as out:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    out.write(json.dumps(_result(number, line, work), ensure_ascii=False) + "\n")
                    written += 1
        beside.replace(target)
    except OSError as error:
        raise UsageError(f"{source} or {target} cannot be used: {error}", "check both paths") from error
    return written


def _result(number: int, line: bytes, work: Work) -> dict[str, Any]:
    """One line's result; the line number stands in for an id that cannot be read."""
    try:
        given = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        return {"id": number, "error": f"line {number} is not JSON: {error}"}
    if not isinstance(given, dict) or not isinstance(given.get("question"), str):
        found = given.get("id", number) if isinstance(given, dict) else number
        return {"id": found, "error": f'line {number} has no "question" that is a text'}
    try:
        return {"id": given.get("id", number)} | work(given["question"], _history(given))
    except FootnoteError as error:
        return {"id": given.get("id", number), "error": f"{error}. {error.hint}"}


def _history(given: Mapping[str, Any]) -> Sequence[Mapping[str, str]]:
    history = given.get("history") or []
    if isinstance(history, list) and all(isinstance(turn, dict) for turn in history):
        return history
    raise UsageError('"history" is not a list of turns', 'give [{"role": "user", "content": "..."}]')
