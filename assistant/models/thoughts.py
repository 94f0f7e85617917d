"""Thoughts: what a model writes between <think> and </think> is not part of its answer, wherever the stream is cut."""

from collections.abc import Iterable, Iterator

OPENS, CLOSES = "<think>", "</think>"


def without_thoughts(stream: Iterable[str]) -> Iterator[str]:
    """The stream without its thoughts; one that never closes takes the rest with it."""
    waiting, thinking = "", False
    for piece in stream:
        waiting += piece
        while (mark := CLOSES if thinking else OPENS) in waiting:
            before, _, waiting = waiting.partition(mark)
            if before and not thinking:
                yield before
            thinking = not thinking
        held = _begun(waiting, mark)
        said, waiting = waiting[: len(waiting) - held], waiting[len(waiting) - held :]
        if said and not thinking:
            yield said
    if waiting and not thinking:
        yield waiting


def _begun(text: str, mark: str) -> int:
    """How many characters at the end of ``text`` may be the beginning of ``mark``."""
    return next((n for n in range(min(len(mark) - 1, len(text)), 0, -1) if mark.startswith(text[-n:])), 0)
