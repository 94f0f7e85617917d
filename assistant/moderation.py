"""Moderation: what an open model does not bring by itself. Checks the question and every sentence that is generated.

Rules and lists stand in one file. A local classifier (Llama Guard and its kin, in Ollama) may be asked too. What is off
topic is not moderated: the gate refuses it.
"""

import re
import tomllib
from collections.abc import Callable, Iterable
from functools import cached_property
from importlib import resources
from pathlib import Path
from typing import Protocol

from assistant.models.call import Call
from assistant.models.model import ChatModel, ModelFailed
from knowledge.errors import UnknownSetting

# How such models say that a text may pass; anything else in their first words is an alarm.
SAFE = re.compile(r"\s*safe\b", re.IGNORECASE)


class Moderator(Protocol):
    """Something that judges a text."""

    def alarm(self, text: str, call: Call) -> str | None:
        """The category of what must not pass, None when all is well."""
        ...


class Rules:
    """Patterns from a file; the one that comes with Footnote where ``path`` is empty.

    Raises:
        UnknownSetting: the file is none of rules.
    """

    def __init__(self, path: str = "") -> None:
        self._path = path

    @cached_property
    def patterns(self) -> dict[str, list[re.Pattern[str]]]:
        """By category."""
        try:
            file = Path(self._path) if self._path else resources.files("assistant").joinpath("moderation.toml")
            rules = tomllib.loads(file.read_text("utf-8"))["categories"]
            return {name: [re.compile(one, re.IGNORECASE) for one in given] for name, given in rules.items()}
        except (OSError, ValueError, KeyError, TypeError, AttributeError, re.error) as error:
            raise UnknownSetting(
                f"FOOTNOTE_MODERATION={self._path!r} is no file of rules: {error}", "see assistant/moderation.toml"
            ) from error

    def alarm(self, text: str, call: Call) -> str | None:
        """The first category with a pattern that is found."""
        flat = " ".join(text.split())
        return next((name for name, given in self.patterns.items() if any(one.search(flat) for one in given)), None)


class Classifier:
    """A model trained to judge, fetched when it is asked; one that fails lets the text pass, as the rules have."""

    def __init__(self, model: Callable[[], ChatModel]) -> None:
        self._model = model

    def alarm(self, text: str, call: Call) -> str | None:
        """``unsafe`` and the model's own code of the category."""
        own = Call(call.stop)
        try:
            said = "".join(self._model().stream("", text, own)).strip()
        except ModelFailed:
            return None
        finally:
            call.add(own)
        return None if SAFE.match(said) or not said else " ".join(said.split())[:40]


def first_alarm(moderators: Iterable[Moderator], text: str, call: Call) -> str | None:
    """The first alarm that any of them raises."""
    return next((found for one in moderators if (found := one.alarm(text, call))), None)
