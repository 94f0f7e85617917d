"""Which component's event on the chat page calls which of its handlers."""

import asyncio
from collections.abc import AsyncIterator, Awaitable
from typing import Any

from ui.pages.handlers import Page
from ui.pages.shown import Shown, Updates, Visit

# Events of the page are not an API of ours: that is in ``api``.
HIDDEN: dict[str, Any] = {"api_visibility": "private"}


def connect(blocks: Any, shown: Shown) -> None:
    """Give every component its events."""
    page = Page(shown)
    with blocks:
        running = _asking(page)
        _talking(page, running)
        _keeping(page, running)
        _arriving(blocks, page)


def _asking(page: Page) -> list[Any]:
    """The ways to a new answer; they can be stopped."""
    import gradio as gr

    on = page.on

    def there(*who: Any) -> Awaitable[Visit]:
        return asyncio.to_thread(page.visit, *who)

    # Gradio hands over the request and what happened by the type of a plain parameter.
    async def asked(text: str, a: Any, b: Any, c: Any, d: Any, request: gr.Request) -> AsyncIterator[Updates]:
        async for update in page.ask(text, await there(a, b, c, d), request):
            yield update

    async def offered(a: Any, b: Any, c: Any, d: Any, request: gr.Request, at: gr.SelectData) -> AsyncIterator[Updates]:
        async for update in page.ask(str(at.value), await there(a, b, c, d), request):
            yield update

    async def again(a: Any, b: Any, c: Any, d: Any, request: gr.Request, at: gr.RetryData) -> AsyncIterator[Updates]:
        async for update in page.ask_again(at.index, None, await there(a, b, c, d), request):
            yield update

    async def edited(a: Any, b: Any, c: Any, d: Any, request: gr.Request, at: gr.EditData) -> AsyncIterator[Updates]:
        async for update in page.ask_again(at.index, str(at.value), await there(a, b, c, d), request):
            yield update

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


def _talking(page: Page, running: list[Any]) -> None:
    """Ratings, a new conversation."""
    import gradio as gr

    on = page.on

    def liked(a: Any, b: Any, c: Any, d: Any, at: gr.LikeData) -> Updates:
        return page.rated(at.index, at.liked, page.visit(a, b, c, d))

    on.chat.like(liked, page.who, [on.talk, on.chat, on.why, on.rated, on.reason, on.note], **HIDDEN)
    on.submit.click(page.explained, [on.rated, on.reason, on.note, *page.who], [on.why, on.announced], **HIDDEN)
    on.undo.click(page.unrated, [on.rated, *page.who], [on.why, on.chat, on.talk], **HIDDEN)
    on.new.click(page.fresh, page.who, on.of_conversation, cancels=running, **HIDDEN)


def _keeping(page: Page, running: list[Any]) -> None:
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


def _arriving(blocks: Any, page: Page) -> None:
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
