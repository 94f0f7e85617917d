"""Prompts: files with a version, and the message that quotes passages as data.

A prompt's file is named by its purpose and its version; another wording is another version, so that traces and evals
tell which one wrote. The words published here hold no secret.
"""

import re
from collections.abc import Sequence
from functools import cache
from importlib import resources

from assistant.models.model import MOST_TOKENS
from assistant.models.tokens import tokens
from assistant.neighbours import joined
from knowledge.hit import Hit
from knowledge.plain import plain

ANSWER = "answer.v2.txt"
REFUSAL = "NOT_IN_ARTICLES"

# Tokens of passages in a prompt, where the window has room; on a CPU reading the prompt is most of the wait.
PASSAGE_TOKENS = 2400
# What a model's own template puts around the messages.
TEMPLATE_TOKENS = 64

FENCE = re.compile(r"<(?=\W*passage)", re.IGNORECASE)


@cache
def prompt(name: str) -> str:
    """The text of a prompt file."""
    return resources.files("assistant").joinpath("prompts", name).read_text(encoding="utf-8")


def room(window: int, system: str, question: str) -> int:
    """Tokens that a window has left for passages, at most ``PASSAGE_TOKENS``."""
    return min(PASSAGE_TOKENS, window - MOST_TOKENS - TEMPLATE_TOKENS - tokens(system + question))


def fitting(hits: Sequence[Hit], room: int) -> list[Hit]:
    """As many of the best hits as ``room`` tokens hold, neighbours as one, best first and second best last.

    What stands in the middle of a long prompt is read least (Liu et al. 2023, Lost in the Middle).
    """
    kept: list[Hit] = []
    for hit in hits:
        size = tokens(_passage(len(hits), hit))
        if size <= room:
            kept.append(hit)
            room -= size
    kept = joined(kept)
    return [*kept[::2], *reversed(kept[1::2])]


def user_message(question: str, passages: Sequence[Hit]) -> str:
    """Passages numbered and fenced as data, then the question; neither can open or close a fence."""
    quoted = "\n\n".join(_passage(n, hit) for n, hit in enumerate(passages, 1))
    return f"{quoted}\n\nQuestion: {FENCE.sub('&lt;', question)}"


def _passage(n: int, hit: Hit) -> str:
    return (
        f'<passage number="{n}" title="{_attribute(hit.title)}" section="{_attribute(hit.section)}">\n'
        f"{FENCE.sub('&lt;', hit.text)}\n</passage>"
    )


def _attribute(text: str) -> str:
    return plain(text).replace('"', "'").replace("<", "")
