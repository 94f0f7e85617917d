"""One turn of the chat page: from a visitor's message to what the page shows, step by step. Knows no Gradio."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape

from assistant.answer import Answer, Citation
from assistant.events import Cited, Delta, Done, Event, Sources, Status
from assistant.phrases import phrase
from assistant.question import check
from knowledge.errors import FootnoteError
from ui.pages.render import answer_html, badge_html, refusal_html, sources_html
from ui.server.service import Service

Turns = list[dict[str, str]]

NO_SOURCES = "The passages behind an answer appear here."
NOTHING_FOUND = "Nothing in the articles comes near."


@dataclass
class View:
    """What is shown now, as HTML; ``turns`` is the conversation once the answer is complete."""

    bubble: str = ""
    sources: str = field(default_factory=lambda: _hint(NO_SOURCES))
    turns: Turns = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)
    text: str = ""


def reply(service: Service, message: str, turns: Turns) -> Iterator[View]:
    """The states the page goes through while ``message`` is answered; ``turns`` are the ones before it."""
    view = View()
    try:
        for event in service.assistant.events(check(message, turns)):
            if _show(event, view, message, turns):
                yield view
    except FootnoteError as error:
        said = f"<p>{escape(str(error))}</p>" + _hint(error.hint)
        view.bubble = f'<div class="fn-refusal">{said}</div>'
        yield view


def _show(event: Event, view: View, message: str, turns: Turns) -> bool:
    """Bring ``view`` up to date; False when there is nothing new to see."""
    if isinstance(event, Status):
        view.bubble = f'<p class="fn-status">{escape(event.text)}</p>'
    elif isinstance(event, Sources):
        view.sources = sources_html(event.hits, message)
    elif isinstance(event, Cited):
        view.citations.append(event.citation)
        return False
    elif isinstance(event, Delta):
        view.text += event.text
        view.bubble = answer_html(view.text, view.citations)
    elif isinstance(event, Done):
        view.bubble = _finished(event.answer)
        if not event.answer.answered:
            view.sources = _hint(NOTHING_FOUND)
        said = event.answer.answer
        view.turns = [*turns, {"role": "user", "content": message}, {"role": "assistant", "content": said}]
    return True


def _hint(text: str) -> str:
    return f'<p class="fn-hint">{escape(text)}</p>'


def _finished(answer: Answer) -> str:
    if answer.answered:
        return answer_html(answer.answer, answer.citations) + badge_html(answer)
    return refusal_html(answer, phrase("nearest", answer.language)) + badge_html(answer)
