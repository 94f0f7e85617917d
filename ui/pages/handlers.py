"""What the chat page's handlers share, and those of the page as a whole; ``events`` says which event calls what.

No handler takes messages from the browser: what was said is held here, or read from the store.
"""

from collections.abc import Mapping
from typing import Any

from ui.pages import shelf
from ui.pages.conversation import Talk
from ui.pages.shown import Shown, Updates, Visit, language_of, visit


class Page:
    """The page; the last of what its handlers are given is always ``who``."""

    def __init__(self, shown: Shown) -> None:
        self.shown = shown
        self.on = shown.on
        self.service = shown.service
        self.who = [self.on.talk, self.on.visitor, self.on.history, self.on.language]

    def visit(self, talk: Talk, visitor: Any, chosen: str | None, language: str) -> Visit:
        """What is on the page; read from the store when this process has not seen it, as after a restart."""
        there = visit(visitor, talk, language)
        if chosen and not talk.entries:
            there.talk = shelf.opened(self.service, there.key, chosen)
        return there

    def arrived(self, visitor: Any, request: Any) -> Updates:
        """A visitor opens the page; ``?q=`` fills the question in and does not send it. Who reloads goes on."""
        language = language_of(visitor, request.headers.get("accept-language", ""))
        left = visitor if isinstance(visitor, Mapping) else {}
        shown = self.shown.everything(self.visit(Talk(), visitor, left.get("open"), language))
        shown[self.on.message]["value"] = str(left.get("draft") or request.query_params.get("q", ""))
        shown[self.on.language]["value"] = language
        return shown

    def spoken(self, *who: Any) -> Updates:
        """The same page in another language."""
        return self.shown.everything(self.visit(*who))

    def emptied(self, there: Visit) -> Updates:
        """The page without a conversation."""
        return self.shown.conversation(Visit(there.key, there.language, Talk()))


def message_number(index: Any) -> int:
    """Which message an event is about, as Gradio tells it: alone, or with the number of its part."""
    return int(index[0] if isinstance(index, list | tuple) else index)
