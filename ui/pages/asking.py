"""The ways to an answer on the chat page, and what ends one."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

from assistant.answer import Answer
from ui.pages.conversation import Entry, Talk, reply
from ui.pages.handlers import Page, message_number
from ui.pages.messages import entry_at, messages, panel, trouble, turn
from ui.pages.shown import Shown, Updates, Visit, now, status
from ui.server.line import Ticket
from ui.server.visitors import visitor

FOLLOW_UPS = 3


class Asking(Page):
    """A question, until its answer is kept and listed."""

    def __init__(self, shown: Shown) -> None:
        super().__init__(shown)
        self._asking: dict[str, Ticket] = {}

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
        talk, at = there.talk, entry_at(there.talk.entries, message_number(index))
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
