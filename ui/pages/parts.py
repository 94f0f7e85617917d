"""The components of the chat page that events read and write, by name."""

from dataclasses import dataclass
from typing import Any


@dataclass
class Parts:
    """Gradio's components, made by the layout in ``ui.pages.chat``."""

    visitor: Any
    talk: Any
    rated: Any
    saved: Any
    header: Any
    announced: Any
    find: Any
    history: Any
    kept: Any
    title: Any
    rename: Any
    markdown: Any
    json: Any
    delete: Any
    delete_all: Any
    sure: Any
    sure_yes: Any
    sure_no: Any
    language: Any
    theme: Any
    chat: Any
    why: Any
    reason: Any
    note: Any
    submit: Any
    undo: Any
    offers: Any
    starters: list[Any]
    message: Any
    disclosure: Any
    new: Any
    panel: Any
    sources: Any

    @property
    def of_conversation(self) -> list[Any]:
        """What depends on the conversation."""
        shelf = [self.history, self.kept, self.title, self.rename, self.markdown, self.json, self.delete]
        asked = [self.message, self.talk, self.chat, self.sources, self.offers, self.why]
        return [*asked, *shelf, self.delete_all, self.sure]

    @property
    def everything(self) -> list[Any]:
        """All that has words on it."""
        named = [self.header, self.announced, self.find, self.sure_yes, self.sure_no, self.language, self.theme]
        rest = [self.reason, self.note, self.submit, self.undo, self.disclosure, self.new, self.panel, self.visitor]
        return [*self.of_conversation, *named, *rest, *self.starters]
