"""Rewriting by the local model: follow-ups made to stand alone, questions translated into the articles' language.

For the search and the prompt only; nothing of it is shown as an answer. Where the model fails or rambles, the ways
without a model stay (``assistant.followup``, the glossary): this never makes a question fail.
"""

from contextlib import closing

from assistant.models.call import Call
from assistant.models.model import ChatModel, ModelFailed
from assistant.prompt import prompt
from assistant.question import Question

CONDENSE, TRANSLATE = "condense.v1.txt", "translate.v1.txt"
# Turns that are shown to the model, and characters of each.
TURNS, CHARACTERS = 6, 600
# A question is no longer than this; what is longer is an answer or a ramble.
LONGEST = 300


def condensed(model: ChatModel, question: Question, call: Call) -> str | None:
    """The question as it can be understood alone, or None."""
    turns = "\n".join(f"{turn.role}: {turn.content[:CHARACTERS]}" for turn in question.history[-TURNS:])
    return _line(model, prompt(CONDENSE), f"{turns}\nlast question: {question.text}", call)


def translated(model: ChatModel, text: str, language: str, call: Call) -> str | None:
    """``text`` in ``language`` (ISO 639-1), or None."""
    return _line(model, prompt(TRANSLATE), f"language: {language}\nquestion: {text}", call)


def _line(model: ChatModel, system: str, user: str, call: Call) -> str | None:
    """The first line of what the model says; None where it fails, says nothing, or too much."""
    said = ""
    try:
        with closing(model.stream(system, user, call)) as stream:
            for piece in stream:
                said += piece
                if len(said.strip()) > LONGEST or "\n" in said.strip():
                    break
    except ModelFailed:
        return None
    line = (said.strip().splitlines() or [""])[0].strip().strip('"“”')
    return line if 0 < len(line) <= LONGEST else None
