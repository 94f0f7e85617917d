"""What a visitor thinks of an answer on the chat page."""

from typing import Any

from assistant.feedback import REASONS
from ui.pages.handlers import Page, message_number
from ui.pages.messages import entry_at
from ui.pages.shown import Updates, Visit, now, status


class Thumbs(Page):
    """A thumb, its reason, and taking both back."""

    def rated(self, index: Any, liked: bool | str, there: Visit) -> Updates:
        """Keep a thumb; one that points down asks why, one that is taken back is forgotten."""
        on, at = self.on, entry_at(there.talk.entries, message_number(index))
        entry = there.talk.entries[at] if at is not None else None
        if entry is None or entry.answer is None:
            return {on.why: now(visible=False)}
        entry.rating = ("up" if liked else "down") if isinstance(liked, bool) else ""
        self.service.rate(entry.answer.trace_id, entry.rating or "none")
        return {
            on.talk: there.talk, on.why: now(visible=entry.rating == "down"), on.rated: entry.answer.trace_id,
            on.reason: now(value=None), on.note: "", on.chat: self.shown.chat(there),
        }  # fmt: skip

    def explained(self, trace_id: str, reason: str | None, note: str | None, *who: Any) -> Updates:
        """Keep why an answer was not helpful."""
        self.service.rate(trace_id, "down", reason if reason and reason in REASONS else "other", note or "")
        return {self.on.why: now(visible=False), self.on.announced: status(self.visit(*who).say("thanks"), shown=True)}

    def unrated(self, trace_id: str, *who: Any) -> Updates:
        """Take a rating back."""
        there = self.visit(*who)
        self.service.rate(trace_id, "none")
        for entry in there.talk.entries:
            if entry.answer and entry.answer.trace_id == trace_id:
                entry.rating = ""
        return {self.on.why: now(visible=False), self.on.chat: self.shown.chat(there), self.on.talk: there.talk}
