"""Who would write an answer now, and whether it answers: by what is known, without asking a model anything."""

from dataclasses import dataclass
from typing import Literal

from assistant.answer import EXTRACTIVE
from assistant.models.breaker import State
from assistant.models.model import ModelFailed
from assistant.writers import FIXED, Writers


@dataclass(frozen=True, slots=True)
class Standing:
    """``model`` is a model's name, or ``extractive``. ``state``: ``none`` where no model is asked for, ``absent`` where
    there is none, else what the last requests to it came to.
    """

    model: str
    state: State | Literal["none", "absent"]


def standing(writers: Writers, wanted: str) -> Standing:
    """How it stands with ``wanted``, a value of ``FOOTNOTE_MODEL``."""
    if wanted == EXTRACTIVE.name:
        return Standing(EXTRACTIVE.name, "none")
    try:
        model = writers.choose(wanted)
    except ModelFailed:
        model = None
    if model is None or (wanted not in FIXED and not writers.find(wanted)):
        return Standing(EXTRACTIVE.name, "absent")
    breaker = writers.breaker(model)
    return Standing(model.name, breaker.state if breaker else "untried")
