"""A conversation as the messages Gradio's chatbot shows, and which turn a message belongs to. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from ui.pages.conversation import Entry, nearest
from ui.pages.render import answer_html, badge_html, contact_html, problem_html, question_html, refusal_html
from ui.pages.sources import cited_html, hint, sources_html, steps_html
from ui.pages.troubles import told
from ui.pages.words import Say

Messages = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Site:
    """What every turn says of the site: how many articles it has, and where a visitor may turn to, if anywhere."""

    articles: int
    contact: str = ""


def messages(entries: Sequence[Entry], site: Site, say: Say) -> Messages:
    """Of each turn the question, the steps of the search where there were any, and the answer."""
    return [message for entry in entries for message in turn(entry, site, say)]


def entry_at(entries: Sequence[Entry], index: int) -> int | None:
    """The number of the turn that message ``index`` belongs to."""
    for number, entry in enumerate(entries):
        index -= 2 + bool(entry.hits)
        if index < 0:
            return number
    return None


def ratings(entries: Sequence[Entry]) -> list[str | None]:
    """What the visitor thought, in Gradio's words: one a turn, whose messages it shows and rates as one."""
    return [{"up": "Like", "down": "Dislike"}.get(entry.rating) for entry in entries]


def panel(entry: Entry | None, say: Say) -> str:
    """The sources beside a turn."""
    refused = entry is not None and entry.answer is not None and not entry.answer.answered
    if entry is None or refused or not (entry.hits or entry.citations):
        return hint(say("no_sources"))
    return sources_html(entry.hits, entry.question, say, entry.citations) if entry.hits else cited_html(entry.citations)


def turn(entry: Entry, site: Site, say: Say) -> Messages:
    """The two or three messages of one turn."""
    last: dict[str, Any] = {"role": "assistant", "content": _bubble(entry, site, say)}
    if entry.follow_ups:
        last["options"] = [{"value": question, "label": question} for question in entry.follow_ups]
    steps = [_steps(entry, site.articles, say)] if entry.hits else []
    return [{"role": "user", "content": question_html(entry.question)}, *steps, last]


def trouble(entry: Entry, say: Say) -> str:
    """What went wrong in a turn, if anything did."""
    return _told(entry, say)[0]


def _told(entry: Entry, say: Say) -> tuple[str, str]:
    """What happened and what to do about it; both empty where all went well."""
    if entry.problem:
        return told(entry.problem, say)
    return (say("stopped"), "") if entry.stopped else ("", "")


def _bubble(entry: Entry, site: Site, say: Say) -> str:
    problem = problem_html(*_told(entry, say)) if entry.problem or entry.stopped else ""
    if problem or entry.answer is None:
        waiting = f'<p class="fn-status">{escape(entry.status)}</p>' if not (problem or entry.text) else ""
        return (answer_html(entry.text, entry.citations, say) if entry.text else waiting) + problem
    if entry.answer.answered:
        return answer_html(entry.text, entry.citations, say) + badge_html(entry.answer, say)
    contact = contact_html(site.contact, say)
    return refusal_html(entry.answer, nearest(entry.answer), contact) + badge_html(entry.answer, say)


def _steps(entry: Entry, articles: int, say: Say) -> dict[str, Any]:
    seconds = f"{entry.answer.timings_ms.get('search', 0) / 1000:.2f}" if entry.answer else "…"
    title = say("steps", articles=articles, seconds=seconds)
    return {
        "role": "assistant",
        "content": steps_html(entry.hits, entry.answer, say),
        "metadata": {"title": title, "status": "done"},
    }
