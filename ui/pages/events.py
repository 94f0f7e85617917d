"""What happens on the chat page: which component's event calls what.

No handler takes messages from the browser: what was said is held here, or read from the store.
"""

from collections.abc import Callable, Iterator
from typing import Any

from assistant.feedback import REASONS, Rating
from ui.pages import shelf
from ui.pages.conversation import Entry, Talk, reply
from ui.pages.messages import entry_at, messages, panel, turn
from ui.pages.shown import Shown, Updates, Visit, language_of, now, status, visit

# Events of the page are not an API of ours: that is in ``api``.
HIDDEN: dict[str, Any] = {"api_visibility": "private"}
FOLLOW_UPS = 3


def connect(blocks: Any, shown: Shown) -> None:
    """Give every component its events."""
    page = _Page(shown)
    with blocks:
        running = _asking(page)
        _talking(page, running)
        _keeping(page, running)
        _arriving(blocks, page)


def _asking(page: "_Page") -> list[Any]:
    """The ways to a new answer; they can be stopped."""
    import gradio as gr

    on = page.on

    # Gradio hands over the request and what happened by the type of a plain parameter.
    def asked(text: str, a: Any, b: Any, c: Any, d: Any, request: gr.Request) -> Iterator[Updates]:
        yield from page.ask(text, page.visit(a, b, c, d), request)

    def offered(a: Any, b: Any, c: Any, d: Any, request: gr.Request, at: gr.SelectData) -> Iterator[Updates]:
        yield from page.ask(str(at.value), page.visit(a, b, c, d), request)

    def again(a: Any, b: Any, c: Any, d: Any, request: gr.Request, at: gr.RetryData) -> Iterator[Updates]:
        yield from page.ask_again(at.index, None, page.visit(a, b, c, d), request)

    def edited(a: Any, b: Any, c: Any, d: Any, request: gr.Request, at: gr.EditData) -> Iterator[Updates]:
        yield from page.ask_again(at.index, str(at.value), page.visit(a, b, c, d), request)

    ways: list[tuple[Any, Any, list[Any]]] = [(on.message.submit, asked, [on.message])]
    ways += [(button.click, asked, [button]) for button in on.starters]
    ways += [(on.chat.option_select, offered, []), (on.chat.retry, again, []), (on.chat.edit, edited, [])]
    running = []
    for event, handler, first in ways:
        running.append(event(handler, [*first, *page.who], [*on.of_conversation, on.announced], **HIDDEN))
        running[-1].then(None, js="() => footnote.showQuestion()")
        event(None, js="() => footnote.showQuestion()")
    on.message.stop(page.stopped, page.who, [on.message, on.chat, on.talk], cancels=running, **HIDDEN)
    return running


def _talking(page: "_Page", running: list[Any]) -> None:
    """Ratings, a new conversation."""
    import gradio as gr

    on = page.on

    def liked(a: Any, b: Any, c: Any, d: Any, at: gr.LikeData) -> Updates:
        return page.rated(at.index, at.liked, page.visit(a, b, c, d))

    on.chat.like(liked, page.who, [on.talk, on.chat, on.why, on.rated, on.reason, on.note], **HIDDEN)
    on.submit.click(page.explained, [on.rated, on.reason, on.note, *page.who], [on.why, on.announced], **HIDDEN)
    on.undo.click(page.unrated, [on.rated, *page.who], [on.why, on.chat, on.talk], **HIDDEN)
    on.new.click(page.fresh, page.who, on.of_conversation, cancels=running, **HIDDEN)


def _keeping(page: "_Page", running: list[Any]) -> None:
    """Kept conversations: find, open, rename, save, delete."""
    on, who = page.on, page.who
    on.find.change(page.found, [on.find, *who], on.history, trigger_mode="always_last", **HIDDEN)
    on.history.input(page.opened, who, on.of_conversation, cancels=running, **HIDDEN)
    for event in (on.rename.click, on.title.submit):
        event(page.renamed, [on.title, *who], [on.history, on.title], **HIDDEN)
    for button, kind in ((on.markdown, "md"), (on.json, "json")):
        saved = button.click(page.exporting(kind), who, on.saved, **HIDDEN)
        saved.then(None, on.saved, None, js="file => footnote.save(file)")
    on.delete.click(page.deleted, who, on.of_conversation, cancels=running, **HIDDEN)
    for button, asking in ((on.delete_all, True), (on.sure_no, False)):
        button.click(page.asking(asking), None, [on.sure, on.delete_all], **HIDDEN)
    on.sure_yes.click(page.deleted_all, who, on.of_conversation, cancels=running, **HIDDEN)


def _arriving(blocks: Any, page: "_Page") -> None:
    """The page opens, and changes its language or theme."""
    import gradio as gr

    on = page.on

    def arrived(visitor: Any, request: gr.Request) -> Updates:
        return page.arrived(visitor, request)

    blocks.load(arrived, on.visitor, on.everything, **HIDDEN)
    blocks.load(None, None, on.theme, js="() => footnote.theme()")
    on.language.input(page.spoken, page.who, on.everything, **HIDDEN)
    on.theme.input(None, on.theme, None, js="chosen => { footnote.theme(chosen); }")


class _Page:
    """The handlers; the last of what they are given is always ``who``."""

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

    def ask(self, text: str, there: Visit, request: Any) -> Iterator[Updates]:
        """Show the question at once, then the answer as it comes."""
        on, say, talk = self.on, there.say, there.talk
        before = messages(talk.entries, self.shown.articles, say)
        waiting = turn(Entry(text, status=say("searching") + " …"), self.shown.articles, say)
        yield {
            on.message: now(value="", submit_btn=False, stop_btn=True), on.chat: [*before, *waiting], on.talk: talk,
            on.offers: now(visible=False), on.why: now(visible=False), on.announced: status(say("searching")),
        }  # fmt: skip

        def admit() -> None:
            self.service.visitors.limit(request)

        for entry in reply(self.service, text, talk, admit, there.key):
            yield {on.chat: [*before, *turn(entry, self.shown.articles, say)], on.sources: panel(entry, say)}
        yield self._answered(there)

    def ask_again(self, index: Any, text: str | None, there: Visit, request: Any) -> Iterator[Updates]:
        """Ask the question of message ``index`` anew, or ``text`` in its place; what followed it goes."""
        talk, at = there.talk, entry_at(there.talk.entries, _number(index))
        if at is None:
            return
        question = talk.cut(at)
        if talk.conversation_id:
            self.service.conversations.cut(there.key, talk.conversation_id, talk.answered)
        yield from self.ask(text or question, there, request)

    def stopped(self, *who: Any) -> Updates:
        """The answer stays as far as it came, and says so."""
        there = self.visit(*who)
        last = there.talk.entries[-1] if there.talk.entries else None
        if last and last.answer is None and not last.problem:
            last.problem = there.say("stopped")
        return {self.on.message: self.shown.idle, self.on.chat: self.shown.chat(there), self.on.talk: there.talk}

    def rated(self, index: Any, liked: bool | str, there: Visit) -> Updates:
        """Keep a thumb; one that points down asks why, one that is taken back is forgotten."""
        on, at = self.on, entry_at(there.talk.entries, _number(index))
        entry = there.talk.entries[at] if at is not None else None
        if entry is None or entry.answer is None:
            return {on.why: now(visible=False)}
        entry.rating = ("up" if liked else "down") if isinstance(liked, bool) else ""
        self._rate(entry.answer.trace_id, entry.rating)
        return {
            on.talk: there.talk, on.why: now(visible=entry.rating == "down"), on.rated: entry.answer.trace_id,
            on.reason: now(value=None), on.note: "", on.chat: self.shown.chat(there),
        }  # fmt: skip

    def explained(self, trace_id: str, reason: str | None, note: str | None, *who: Any) -> Updates:
        """Keep why an answer was not helpful."""
        self._rate(trace_id, "down", reason if reason and reason in REASONS else "other", note or "")
        return {self.on.why: now(visible=False), self.on.announced: status(self.visit(*who).say("thanks"), shown=True)}

    def unrated(self, trace_id: str, *who: Any) -> Updates:
        """Take a rating back."""
        there = self.visit(*who)
        self._rate(trace_id, "")
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
        """A visitor opens the page; ``?q=`` fills the question in and does not send it."""
        language = language_of(visitor, request.headers.get("accept-language", ""))
        shown = self.shown.everything(visit(visitor, Talk(), language))
        shown[self.on.message]["value"] = str(request.query_params.get("q", ""))
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
            talk.conversation_id = self.service.conversations.add(there.key, talk.conversation_id, entry.answer)
        self._suggest(talk)
        said = entry.answer.answer if entry.answer else ""
        done = say("ready", n=len(entry.citations)) if entry.citations else said
        return self.shown.conversation(there) | {self.on.announced: status(entry.problem or done)}

    def _suggest(self, talk: Talk) -> None:
        """Under the last answer: what else its articles answer."""
        for entry in talk.entries:
            entry.follow_ups = []
        last, asked = talk.entries[-1], {entry.question for entry in talk.entries}
        found = [text for one in last.citations for text in self.shown.starters.of_article(one.article_id)]
        last.follow_ups = [text for text in dict.fromkeys(found) if text not in asked][:FOLLOW_UPS]

    def _rate(self, trace_id: str, rating: str, reason: str = "", note: str = "") -> None:
        if rating:
            self.service.feedback.rate(Rating(trace_id, rating, reason, note))
        else:
            self.service.feedback.withdraw(trace_id)


def _number(index: Any) -> int:
    return int(index[0] if isinstance(index, list | tuple) else index)
