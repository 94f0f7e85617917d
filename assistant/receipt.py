"""The receipt of an answer: its trace, which tells how it came to be, and its row in the ledger."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from assistant.answer import Answer
from assistant.ledger import Entry
from assistant.piece import Piece
from assistant.prompt import ANSWER
from assistant.traces import Trace
from assistant.turn import Turn

WRITTEN = ("answer", "model", "left_environment", "cost_usd", "timings_ms")


def entry(answer: Answer, turn: Turn) -> Entry:
    """The ledger's row."""
    return Entry(
        trace_id=answer.trace_id,
        kind=answer.model.kind,
        model=answer.model.name,
        digest=turn.call.digest if answer.model.kind != "extractive" else "",
        answered=answer.answered,
        left_environment=answer.left_environment,
        input_tokens=turn.call.input_tokens,
        output_tokens=turn.call.output_tokens,
        cost_usd=answer.cost_usd,
        first_token_ms=answer.timings_ms["first_token"],
        total_ms=answer.timings_ms["total"],
    )


def trace(answer: Answer, turn: Turn, generation: int, threshold: float) -> Trace:
    """The trace."""
    shown, model = answer.as_dict(), turn.model.kind != "extractive"
    record: dict[str, Any] = {
        "standalone_question": turn.standalone,
        "readings": [{"text": one.text, "language": one.language, "weight": one.weight} for one in turn.readings],
        "generation": generation,
        "hits": [{"chunk_id": hit.chunk_id, "article_id": hit.article_id, "section": hit.section,
                  "score": hit.score, "stages": dict(hit.stages)} for hit in turn.hits],
        "signals": asdict(turn.signals) | {"threshold": threshold},
        "statements": [_statement(piece) for piece in turn.pieces],
        "doubts": _doubts(turn.doubts),
        "attempts": [{"model": one.model, "why": one.why, "doubts": _doubts(one.doubts)} for one in turn.attempts],
        "note": answer.note,
        "prompt": ANSWER if model else None,
        "digest": turn.call.digest if model else None,
        "tokens": {"input": turn.call.input_tokens, "output": turn.call.output_tokens},
    } | {name: shown[name] for name in WRITTEN}  # fmt: skip
    return Trace(answer.trace_id, answer.question, answer.language, answer.answered, answer.confidence, record)


def _doubts(doubts: Iterable[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"text": text, "why": why} for text, why in doubts]


def _statement(piece: Piece) -> dict[str, Any]:
    parts = piece.cells or (piece,)
    places = [
        {"article_id": one.hit.article_id, "start": one.start, "end": one.end}
        for part in parts
        for one in part.evidence
    ]
    return {"kind": piece.kind, "text": " | ".join(part.text for part in parts), "evidence": places}
