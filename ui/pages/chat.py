"""The chat page at ``/``: its layout in Gradio, nothing else.

What happens on it is in ``events``, what an answer looks like in ``render``, what it says in ``words``.
"""

from pathlib import Path
from typing import Any

from fastapi import FastAPI
from starlette.middleware import Middleware

from assistant.feedback import LONGEST_NOTE, REASONS
from assistant.question import MAX_CHARACTERS
from knowledge.telemetry import silence
from ui.pages.conversation import Talk
from ui.pages.parts import Parts
from ui.pages.shell import Shell
from ui.pages.words import LANGUAGES
from ui.server import problems
from ui.server.service import Service
from ui.server.starters import COUNT

STATIC = Path(__file__).parent / "static"
FONT = ("system-ui", "sans-serif")
MONO = ("ui-monospace", "monospace")

# Gradio needs inline scripts and `new Function`; all that the page loads is from here, and nobody frames it.
POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; object-src 'none'; base-uri 'self'; form-action 'self'; "
    "frame-ancestors 'self'"
)

# Relative, so that it works below any path of a proxy.
HEAD = '<script src="footnote/chat.js"></script>'
# Under this name in the browser's local storage. The browser's owner may read it, so the secret is none.
STORED_AS = "footnote-visitor"


def mount(app: FastAPI, service: Service) -> FastAPI:
    """The application of ``make_app`` with the chat page at ``/``."""
    silence()
    import gradio as gr

    from ui.pages.events import connect
    from ui.pages.shown import Shown

    blocks, parts = _layout()
    connect(blocks, Shown(parts, service, app.state.starters))
    blocks.queue(default_concurrency_limit=None)  # the line of all questions is the server's
    mounted: FastAPI = gr.mount_gradio_app(
        app, blocks, path="/", footer_links=[], css_paths=STATIC / "chat.css", head=HEAD,
        root_path=service.root_path or None,
        favicon_path=str(STATIC / "favicon.svg"), show_error=False, ssr_mode=False,
        theme=gr.themes.Base(font=FONT, font_mono=MONO, neutral_hue="slate", primary_hue="cyan"),
    )  # fmt: skip
    page: Any = mounted.routes[-1]
    problems.add_missing(mounted, page.app)
    page.app.user_middleware.append(Middleware(Shell))  # within its compression
    app.state.hang_up = page.app.stop_event.set  # ends its heartbeats, as Gradio itself does when it closes
    return mounted


def _layout() -> tuple[Any, Parts]:
    """The page, without a word on it: those come with the visitor's language."""
    import gradio as gr

    part: dict[str, Any] = {}
    with gr.Blocks(title="Footnote", analytics_enabled=False, fill_width=True) as blocks:
        part["visitor"] = gr.BrowserState({}, storage_key=STORED_AS, secret=STORED_AS)
        part["talk"], part["rated"] = gr.State(Talk()), gr.State("")
        part["saved"] = gr.JSON(visible=False)
        part["header"] = gr.HTML(elem_id="fn-header")
        part["announced"] = gr.HTML(elem_id="fn-announced")
        with gr.Sidebar(open=False, width=320, elem_id="fn-side"):
            _side(gr, part)
        with gr.Row(elem_id="fn-main"):
            with gr.Column(scale=3, min_width=320, elem_id="fn-talk"):
                _talk(gr, part)
            with gr.Column(scale=2, min_width=300, elem_id="fn-sources"):
                part["panel"], part["sources"] = gr.HTML(elem_id="fn-panel"), gr.HTML()
    return blocks, Parts(**part)


def _side(gr: Any, part: dict[str, Any]) -> None:
    """Conversations, language and theme."""
    part["find"] = gr.Textbox(elem_id="fn-find", max_lines=1)
    part["history"] = gr.Radio(elem_id="fn-history", choices=[])
    part["kept"] = gr.HTML()
    part["title"] = gr.Textbox(elem_id="fn-title", max_lines=1, interactive=True, visible=False)
    with gr.Row(elem_id="fn-shelf"):
        for name in ("rename", "markdown", "json", "delete"):
            part[name] = gr.Button("", size="sm", min_width=100, visible=False, elem_id=f"fn-{name}")
    part["delete_all"] = gr.Button("", size="sm", visible=False, elem_id="fn-delete-all")
    with gr.Row(visible=False) as part["sure"]:
        part["sure_yes"] = gr.Button("", size="sm", variant="stop", elem_id="fn-sure")
        part["sure_no"] = gr.Button("", size="sm", elem_id="fn-keep")
    languages = [(name, code) for code, name in LANGUAGES.items()]
    part["language"] = gr.Radio(languages, value="en", elem_id="fn-language", elem_classes="fn-choice")
    part["theme"] = gr.Radio(["system", "light", "dark"], value="system", elem_id="fn-theme", elem_classes="fn-choice")


def _talk(gr: Any, part: dict[str, Any]) -> None:
    """The conversation, what is asked about it, and where the next question is typed."""
    part["chat"] = gr.Chatbot(
        elem_id="fn-chat", show_label=False, height=None, buttons=[], layout="bubble", autoscroll=False,
        editable="user", latex_delimiters=[], feedback_options=["Like", "Dislike"], group_consecutive_messages=True,
    )  # fmt: skip
    with gr.Group(visible=False, elem_id="fn-why") as part["why"]:
        part["reason"] = gr.Radio([(reason, reason) for reason in REASONS], elem_id="fn-reason")
        part["note"] = gr.Textbox(elem_id="fn-note", lines=1, max_lines=3, max_length=LONGEST_NOTE)
        with gr.Row():
            part["submit"] = gr.Button("", size="sm", variant="primary", elem_id="fn-submit")
            part["undo"] = gr.Button("", size="sm", elem_id="fn-undo")
    with gr.Row(elem_id="fn-starters") as part["offers"]:
        part["starters"] = [gr.Button("", size="sm", visible=False) for _ in range(COUNT)]
    part["message"] = gr.Textbox(
        elem_id="fn-message", show_label=False, lines=1, max_lines=4, submit_btn=True, max_length=MAX_CHARACTERS,
    )  # fmt: skip
    with gr.Row(elem_id="fn-tools"):
        part["disclosure"] = gr.HTML()
        part["new"] = gr.Button("", size="sm", scale=0, min_width=140, elem_id="fn-new")
