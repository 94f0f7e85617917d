"""Which component's event on the chat page calls which of its handlers."""

import asyncio
from collections.abc import AsyncIterator, Awaitable
from typing import Any

from ui.pages.asking import Asking
from ui.pages.kept import Kept
from ui.pages.shown import Shown, Updates, Visit
from ui.pages.thumbs import Thumbs

# Events of the page are not an API of ours: that is in ``api``.
HIDDEN: dict[str, Any] = {"api_visibility": "private"}


def connect(blocks: Any, shown: Shown) -> None:
    """Give every component its events."""
    asking = Asking(shown)
    with blocks:
        running = _asking(asking)
        _rating(Thumbs(shown))
        _keeping(Kept(shown), running)
        _arriving(blocks, asking)


def _asking(asking: Asking) -> list[Any]:
    """The ways to a new answer; they can be stopped."""
    import gradio as gr

    on = asking.on

    def there(*who: Any) -> Awaitable[Visit]:
        return asyncio.to_thread(asking.visit, *who)

    # Gradio hands over the request and what happened by the type of a plain parameter.
    async def asked(text: str, a: Any, b: Any, c: Any, d: Any, request: gr.Request) -> AsyncIterator[Updates]:
        async for update in asking.ask(text, await there(a, b, c, d), request):
            yield update

    async def offered(a: Any, b: Any, c: Any, d: Any, request: gr.Request, at: gr.SelectData) -> AsyncIterator[Updates]:
        async for update in asking.ask(str(at.value), await there(a, b, c, d), request):
            yield update

    async def again(a: Any, b: Any, c: Any, d: Any, request: gr.Request, at: gr.RetryData) -> AsyncIterator[Updates]:
        async for update in asking.ask_again(at.index, None, await there(a, b, c, d), request):
            yield update

    async def edited(a: Any, b: Any, c: Any, d: Any, request: gr.Request, at: gr.EditData) -> AsyncIterator[Updates]:
        async for update in asking.ask_again(at.index, str(at.value), await there(a, b, c, d), request):
            yield update

    ways: list[tuple[Any, Any, list[Any]]] = [(on.message.submit, asked, [on.message])]
    ways += [(button.click, asked, [button]) for button in on.starters]
    ways += [(on.chat.option_select, offered, []), (on.chat.retry, again, []), (on.chat.edit, edited, [])]
    running = []
    for event, handler, first in ways:
        running.append(event(handler, [*first, *asking.who], [*on.of_conversation, on.announced], **HIDDEN))
        running[-1].then(None, js="() => footnote.showQuestion()")
        event(None, js="() => footnote.showQuestion()")
    on.message.stop(asking.stopped, asking.who, [on.message, on.chat, on.talk], cancels=running, **HIDDEN)
    return running


def _rating(thumbs: Thumbs) -> None:
    """Thumbs, and their reasons."""
    import gradio as gr

    on = thumbs.on

    def liked(a: Any, b: Any, c: Any, d: Any, at: gr.LikeData) -> Updates:
        return thumbs.rated(at.index, at.liked, thumbs.visit(a, b, c, d))

    on.chat.like(liked, thumbs.who, [on.talk, on.chat, on.why, on.rated, on.reason, on.note], **HIDDEN)
    on.submit.click(thumbs.explained, [on.rated, on.reason, on.note, *thumbs.who], [on.why, on.announced], **HIDDEN)
    on.undo.click(thumbs.unrated, [on.rated, *thumbs.who], [on.why, on.chat, on.talk], **HIDDEN)


def _keeping(kept: Kept, running: list[Any]) -> None:
    """Conversations: begin, find, open, rename, save, delete."""
    on, who = kept.on, kept.who
    on.new.click(kept.fresh, who, on.of_conversation, cancels=running, **HIDDEN)
    on.find.change(kept.found, [on.find, *who], on.history, trigger_mode="always_last", **HIDDEN)
    on.history.input(kept.opened, who, on.of_conversation, cancels=running, **HIDDEN)
    for event in (on.rename.click, on.title.submit):
        event(kept.renamed, [on.title, *who], [on.history, on.title], **HIDDEN)
    for button, kind in ((on.markdown, "md"), (on.json, "json")):
        saved = button.click(kept.exporting(kind), who, on.saved, **HIDDEN)
        saved.then(None, on.saved, None, js="file => footnote.save(file)")
    on.delete.click(kept.deleted, who, on.of_conversation, cancels=running, **HIDDEN)
    for button, asking in ((on.delete_all, True), (on.sure_no, False)):
        button.click(kept.asking(asking), None, [on.sure, on.delete_all], **HIDDEN)
    on.sure_yes.click(kept.deleted_all, who, on.of_conversation, cancels=running, **HIDDEN)


def _arriving(blocks: Any, page: Asking) -> None:
    """The page opens, changes its language or theme, and is closed."""
    import gradio as gr

    on = page.on

    def arrived(visitor: Any, request: gr.Request) -> Updates:
        return page.arrived(visitor, request)

    def left(request: gr.Request) -> None:
        page.left(request)

    blocks.unload(left)
    blocks.load(arrived, on.visitor, on.everything, js="visitor => footnote.returned(visitor)", **HIDDEN)
    blocks.load(None, None, on.theme, js="() => footnote.theme()")
    on.language.input(page.spoken, page.who, on.everything, **HIDDEN)
    on.theme.input(None, on.theme, None, js="chosen => { footnote.theme(chosen); }")
