"""A visitor's conversations on the chat page: begun, found, opened, renamed, saved, deleted."""

from collections.abc import Callable
from typing import Any

from ui.pages import shelf
from ui.pages.conversation import Talk
from ui.pages.handlers import Page
from ui.pages.shown import Updates, now


class Kept(Page):
    """Those of the visitor's key; the store is behind ``ui.pages.shelf``."""

    def fresh(self, *who: Any) -> Updates:
        """An empty page."""
        return self.emptied(self.visit(*who))

    def opened(self, _talk: Talk, visitor: Any, chosen: str | None, language: str) -> Updates:
        """A kept conversation."""
        return self.shown.conversation(self.visit(Talk(), visitor, chosen, language))

    def found(self, wanted: str, *who: Any) -> Updates:
        """The conversations with these words."""
        return self.shown.listed(self.visit(*who), wanted)

    def renamed(self, title: str, *who: Any) -> Updates:
        """A new title; the old one where it is empty."""
        there = self.visit(*who)
        chosen = there.talk.conversation_id
        self.service.conversations.rename(there.key, chosen or "", title)
        return {self.on.history: self.shown.listed(there), self.on.title: shelf.title(self.service, there.key, chosen)}

    def exporting(self, kind: str) -> Callable[..., list[str]]:
        """Gives the open conversation as a file's name and text."""

        def export(*who: Any) -> list[str]:
            there = self.visit(*who)
            return list(shelf.exported(self.service, there.key, there.talk.conversation_id, kind))

        return export

    def deleted(self, *who: Any) -> Updates:
        """Without the one that is open."""
        there = self.visit(*who)
        self.service.conversations.delete(there.key, there.talk.conversation_id or "")
        return self.emptied(there)

    def asking(self, asking: bool) -> Callable[[], Updates]:
        """Deleting all is asked twice."""
        return lambda: {self.on.sure: now(visible=asking), self.on.delete_all: now(visible=not asking)}

    def deleted_all(self, *who: Any) -> Updates:
        """Without any."""
        there = self.visit(*who)
        self.service.conversations.delete_all(there.key)
        return self.emptied(there)
