"""What the chat page does on each event; ``events`` says which event calls what.

No handler takes messages from the browser: what was said is held here, or read from the store.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from typing import Any

from assistant.answer import Answer
from assistant.feedback import REASONS
from ui.pages import shelf
from ui.pages.conversation import Entry, Talk, reply
from ui.pages.messages import entry_at, messages, panel, trouble, turn
from ui.pages.shown import Shown, Updates, Visit, language_of, now, status, visit
from ui.server.line import Ticket
from ui.server.visitors import visitor

FOLLOW_UPS = 3


class Page:
    """The handlers; the last of what they are given is always ``who``."""

    def __init__(self, shown: Shown) -> None:
        self.shown = shown
        self.on = shown.on
        self.service = shown.service
        self.who = [self.on.talk, self.on.visitor, self.on.history, self.on.language]
        self._asking: dict[str, Ticket] = {}

    def visit(self, talk: Talk, visitor: Any, chosen: str | None, language: str) -> Visit:
        """What is on the page; read from the store when this process has not seen it, as after a restart."""
        there = visit(visitor, talk, language)
        if chosen and not talk.entries:
            there.talk = shelf.opened(self.service, there.key, chosen)
        return there

    async def ask(self, text: str, there: Visit, request: Any) -> AsyncIterator[Updates]:
        """Show the question at once, then the answer as it comes, its end with all that follows from it."""
        on, say, talk = self.on, there.say, there.talk
        site = await asyncio.to_thread(lambda: self.shown.site)
        before = messages(talk.entries, site, say)
        waiting = turn(Entry(text, status=say("searching") + " …"), site, say)
        yield {
            on.message: now(value="", submit_btn=False, stop_btn=True), on.chat: [*before, *waiting], on.talk: talk,
            on.offers: now(visible=False), on.why: now(visible=False), on.announced: status(say("searching")),
        }  # fmt: skip

        def admit(ticket: Ticket) -> None:
            self.service.visitors.limit(request)
            self._asking[request.session_hash] = ticket

        try:
            async for entry in reply(self.service, text, talk, visitor(request), admit):
                if not (entry.answer or entry.problem):
                    yield {on.chat: [*before, *turn(entry, site, say)], on.sources: panel(entry, say)}
        finally:
            self._asking.pop(request.session_hash, None)
        yield await asyncio.to_thread(self._answered, there)

    async def ask_again(self, index: Any, text: str | None, there: Visit, request: Any) -> AsyncIterator[Updates]:
        """Ask the question of message ``index`` anew, or ``text`` in its place; what it replaces is kept till then."""
        talk, at = there.talk, entry_at(there.talk.entries, _number(index))
        if at is None:
            return
        question = talk.cut(at)
        async for update in self.ask(text or question, there, request):
            yield update

    def left(self, request: Any) -> None:
        """The page is closed: a model that is still silent is hung up."""
        if ticket := self._asking.pop(request.session_hash, None):
            ticket.stop.set()

    def stopped(self, *who: Any) -> Updates:
        """The answer stays as far as it came, and says so."""
        there = self.visit(*who)
        last = there.talk.entries[-1] if there.talk.entries else None
        if last and last.answer is None and not last.problem:
            last.stopped = True
        return {self.on.message: self.shown.idle, self.on.chat: self.shown.chat(there), self.on.talk: there.talk}

    def rated(self, index: Any, liked: bool | str, there: Visit) -> Updates:
        """Keep a thumb; one that points down asks why, one that is taken back is forgotten."""
        on, at = self.on, entry_at(there.talk.entries, _number(index))
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

    def fresh(self, *who: Any) -> Updates:
        """An empty page."""
        return self._emptied(self.visit(*who))

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
        return self._emptied(there)

    def asking(self, asking: bool) -> Callable[[], Updates]:
        """Deleting all is asked twice."""
        return lambda: {self.on.sure: now(visible=asking), self.on.delete_all: now(visible=not asking)}

    def deleted_all(self, *who: Any) -> Updates:
        """Without any."""
        there = self.visit(*who)
        self.service.conversations.delete_all(there.key)
        return self._emptied(there)

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

    def _emptied(self, there: Visit) -> Updates:
        return self.shown.conversation(Visit(there.key, there.language, Talk()))

    def _answered(self, there: Visit) -> Updates:
        """The end of a turn: kept, listed, with what could be asked next."""
        talk, say = there.talk, there.say
        entry = talk.entries[-1]
        if entry.answer:
            self._keep(there, entry.answer)
        self._suggest(talk)
        said = entry.answer.answer if entry.answer else ""
        done = say("ready", n=len(entry.citations)) if entry.citations else said
        return self.shown.conversation(there) | {self.on.announced: status(trouble(entry, say) or done)}

    def _keep(self, there: Visit, answer: Answer) -> None:
        """Into the store; what it takes the place of goes only now."""
        talk, conversations = there.talk, self.service.conversations
        if talk.shortened and talk.conversation_id:
            conversations.cut(there.key, talk.conversation_id, talk.answered - 1)
        talk.shortened = False
        talk.conversation_id = conversations.add(there.key, talk.conversation_id, answer)

    def _suggest(self, talk: Talk) -> None:
        """Under the last answer: what else its articles answer."""
        for entry in talk.entries:
            entry.follow_ups = []
        last, asked = talk.entries[-1], {entry.question for entry in talk.entries}
        found = [text for one in last.citations for text in self.shown.starters.of_article(one.article_id)]
        last.follow_ups = [text for text in dict.fromkeys(found) if text not in asked][:FOLLOW_UPS]


def _number(index: Any) -> int:
    return int(index[0] if isinstance(index, list | tuple) else index)
