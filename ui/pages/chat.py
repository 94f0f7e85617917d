"""The chat page at ``/``: layout and wiring in Gradio, nothing else.

What an answer looks like is in ``render``, what the page goes through while it comes in ``conversation``.
"""

from collections.abc import Iterator
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from fastapi import FastAPI

from assistant.question import MAX_CHARACTERS
from knowledge.telemetry import silence
from ui.pages.conversation import Turns, View, reply
from ui.pages.starters import COUNT, starters
from ui.server.service import Service

STATIC = Path(__file__).parent / "static"
FONT = ("system-ui", "sans-serif")
MONO = ("ui-monospace", "monospace")
# Answers in the making at the same time; the rest waits in Gradio's queue.
CONCURRENT = 8

# Events of the page are not an API of ours: that is in ``api``.
HIDDEN: dict[str, Any] = {"api_visibility": "private"}

WELCOME = "Ask something. Every statement of the answer carries a footnote."
DISCLOSURE = "You are talking to software. Check what matters: that is what the footnotes are for."

# The question moves to the top, so that the answer is read from its start: when asked, and when answered.
SHOW_QUESTION = """() => setTimeout(() => {
    const asked = document.querySelectorAll("#fn-chat .user-row");
    const box = document.querySelector("#fn-chat .bubble-wrap");
    if (!asked.length || !box) return;
    box.scrollTop += asked[asked.length - 1].getBoundingClientRect().top - box.getBoundingClientRect().top - 8;
}, 150)"""

Messages = list[dict[str, Any]]


def mount(app: FastAPI, service: Service, offered: str) -> FastAPI:
    """The application with the chat page at ``/``; ``offered`` are the owner's starters."""
    silence()
    import gradio as gr

    mounted: FastAPI = gr.mount_gradio_app(
        app, _blocks(service, offered), path="/", footer_links=[], css_paths=STATIC / "chat.css",
        favicon_path=str(STATIC / "favicon.svg"), show_error=False, ssr_mode=False,
        theme=gr.themes.Base(font=FONT, font_mono=MONO, neutral_hue="slate", primary_hue="cyan"),
    )  # fmt: skip
    return mounted


def _blocks(service: Service, offered: str) -> Any:
    import gradio as gr

    with gr.Blocks(title="Footnote", analytics_enabled=False, fill_width=True) as blocks:
        turns = gr.State(list)
        gr.HTML(_header(service))
        with gr.Row(elem_id="fn-main"):
            with gr.Column(scale=3, min_width=320, elem_id="fn-talk"):
                chat = gr.Chatbot(
                    elem_id="fn-chat", show_label=False, label="Conversation", height=None, buttons=[], layout="bubble",
                    autoscroll=False, placeholder=WELCOME,
                )  # fmt: skip
                with gr.Row(elem_id="fn-starters") as offers:
                    buttons = [gr.Button("", size="sm", visible=False) for _ in range(COUNT)]
                message = gr.Textbox(
                    elem_id="fn-message", show_label=False, label="Your question", lines=1, max_lines=4,
                    placeholder="Ask about the articles on this site", submit_btn=True, max_length=MAX_CHARACTERS,
                )  # fmt: skip
                with gr.Row(elem_id="fn-tools"):
                    gr.HTML(f'<p class="fn-ai">{DISCLOSURE}</p>')
                    new = gr.Button("New conversation", size="sm", scale=0, min_width=140)
            with gr.Column(scale=2, min_width=300, elem_id="fn-sources"):
                gr.HTML('<h2 class="fn-panel">Sources</h2>')
                sources = gr.HTML(View().sources)

        def ask(text: str, said: Turns, shown: Messages) -> Iterator[dict[Any, Any]]:
            """Show the question at once, then the answer as it comes."""
            shown = [*shown, {"role": "user", "content": escape(text)}, {"role": "assistant", "content": ""}]
            yield {message: gr.Textbox("", submit_btn=False, stop_btn=True), chat: shown, offers: gr.Row(visible=False)}
            for view in reply(service, text, said):
                shown[-1] = {"role": "assistant", "content": view.bubble}
                yield {chat: shown, sources: view.sources} | ({turns: view.turns} if view.turns else {})
            yield {message: idle()}

        def idle() -> Any:
            return gr.Textbox(submit_btn=True, stop_btn=False)

        def start_over() -> dict[Any, Any]:
            return {message: idle(), turns: [], chat: [], sources: View().sources, offers: gr.Row(visible=True)}

        outputs = [message, turns, chat, sources, offers]
        running = []
        for source, event in [(message, message.submit), *((button, button.click) for button in buttons)]:
            asked = event(ask, [source, turns, chat], outputs, concurrency_limit=CONCURRENT, **HIDDEN)
            asked.then(None, js=SHOW_QUESTION)
            event(None, js=SHOW_QUESTION)
            running.append(asked)
        message.stop(idle, None, message, cancels=running, **HIDDEN)
        new.click(start_over, None, outputs, cancels=running, **HIDDEN)
        found = cache(lambda: starters(service, offered)[:COUNT])  # the base does not change while it is served
        blocks.load(lambda: _offers(found()), None, buttons, **HIDDEN)
    return blocks


def _offers(found: list[str]) -> list[Any]:
    import gradio as gr

    return [gr.Button(value=text, visible=True) for text in found] + [gr.Button(visible=False)] * (COUNT - len(found))


def _header(service: Service) -> str:
    count = service.assistant.searcher.articles
    return (
        '<div class="fn-top"><span class="fn-name">Footnote<sup>1</sup></span>'
        f'<span class="fn-line">Answers only from the {count} articles on this site, with proof.</span></div>'
    )
