"""What the chat page's components become, made from a conversation and the visitor's language. No events here."""

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

from assistant.feedback import REASONS
from ui.pages import shelf
from ui.pages.conversation import Talk
from ui.pages.messages import Site, messages, panel, ratings
from ui.pages.parts import Parts
from ui.pages.words import LANGUAGES, Say, accepted, words
from ui.server.service import Service
from ui.server.starters import Starters

THEMES = ("system", "light", "dark")
ON_A_CONVERSATION = ("rename", "markdown", "json", "delete")

Updates = dict[Any, Any]


@dataclass
class Visit:
    """Who is there, and what is on their page: key and language of the browser, the conversation."""

    key: str
    language: str
    talk: Talk

    @property
    def say(self) -> Say:
        """The page's words in the visitor's language."""
        return words(self.language)


@dataclass
class Shown:
    """Makes the updates of the components ``on`` the page."""

    on: Parts
    service: Service
    starters: Starters

    def everything(self, visit: Visit) -> Updates:
        """The whole page."""
        say = visit.say
        kept = {"key": visit.key, "language": visit.language}
        message = now(placeholder=say("placeholder"), label=say("your_question"), submit_btn=True, stop_btn=False)
        return self.conversation(visit) | self._named(say) | {self.on.visitor: kept, self.on.message: message}

    def conversation(self, visit: Visit, wanted: str = "") -> Updates:
        """Everything that depends on the conversation."""
        on, talk, say = self.on, visit.talk, visit.say
        last = talk.entries[-1] if talk.entries else None
        return {
            on.message: self.idle, on.talk: talk, on.chat: self.chat(visit), on.sources: panel(last, say),
            on.offers: now(visible=not talk.entries), on.why: now(visible=False),
        } | self._shelf(visit, wanted)  # fmt: skip

    def chat(self, visit: Visit) -> Updates:
        """The messages, with the visitor's ratings."""
        entries, say = visit.talk.entries, visit.say
        shown = messages(entries, self.site, say)
        return now(value=shown, feedback_value=ratings(entries), placeholder=say("welcome"), label=say("conversation"))

    def listed(self, visit: Visit, wanted: str = "") -> Updates:
        """The kept conversations, the open one chosen."""
        rows = shelf.rows(self.service, visit.key, wanted)
        known = [visit.talk.conversation_id for _, one in rows if one == visit.talk.conversation_id]
        return now(
            choices=rows, value=known[0] if known else None, visible=bool(rows or wanted), label=visit.say("history")
        )

    @property
    def idle(self) -> Updates:
        """The input, ready for a question."""
        return now(submit_btn=True, stop_btn=False)

    @property
    def site(self) -> Site:
        """What the messages say of it."""
        return Site(self.service.assistant.searcher.articles, self.service.contact)

    def _shelf(self, visit: Visit, wanted: str) -> Updates:
        on, say, chosen = self.on, visit.say, visit.talk.conversation_id
        days = self.service.conversation_days
        listed = self.listed(visit, wanted)
        note = say("kept", days=days) if days else say("not_kept")
        buttons = {getattr(on, name): now(value=say(name), visible=bool(chosen)) for name in ON_A_CONVERSATION}
        return buttons | {
            on.history: listed, on.kept: f'<p class="fn-hint">{escape(note)}</p>',
            on.title: now(value=shelf.title(self.service, visit.key, chosen), label=say("title"), visible=bool(chosen)),
            on.delete_all: now(value=say("delete_all"), visible=bool(listed["choices"])), on.sure: now(visible=False),
        }  # fmt: skip

    def _named(self, say: Say) -> Updates:
        """Every word that does not depend on the conversation."""
        on, offered = self.on, self.starters.of_site
        starters = [now(value=text, visible=True) for text in offered]
        starters += [now(visible=False)] * (len(on.starters) - len(offered))
        labels = {on.find: "find", on.note: "note", on.language: "language"}
        values = {on.new: "fresh", on.sure_yes: "sure", on.sure_no: "keep", on.submit: "submit", on.undo: "undo"}
        return (
            {part: now(label=say(name)) for part, name in labels.items()}
            | {part: now(value=say(name)) for part, name in values.items()}
            | dict(zip(on.starters, starters, strict=True))
            | {
                on.theme: now(choices=[(say(name), name) for name in THEMES], label=say("theme")),
                on.reason: now(choices=[(say(reason), reason) for reason in REASONS], label=say("why")),
                on.header: _header(say, self.site.articles),
                on.panel: f'<h2 class="fn-panel">{escape(say("sources"))}</h2>',
                on.disclosure: f'<p class="fn-ai">{escape(say("disclosure"))}</p>',
                on.announced: status(""),
            }
        )


def now(**properties: Any) -> Updates:
    """These properties of a component change, as ``gradio.update`` says it."""
    return {"__type__": "update", **properties}


def visit(visitor: Any, talk: Talk, language: str) -> Visit:
    """The visit of a browser that stored ``visitor``."""
    key = shelf.owner_key(visitor.get("key") if isinstance(visitor, Mapping) else None)
    return Visit(key, language if language in LANGUAGES else "en", talk)


def language_of(visitor: Any, languages: str) -> str:
    """The one chosen before, else the first the browser accepts, else English."""
    stored = visitor.get("language") if isinstance(visitor, Mapping) else None
    return stored if stored in LANGUAGES else accepted(languages)


def status(text: str, shown: bool = False) -> str:
    """What is read out, and shown only where nothing else on the page says it."""
    return f'<p class="{"fn-said" if shown else "fn-unseen"}">{escape(text)}</p>'


def _header(say: Say, articles: int) -> str:
    return (
        f'<div class="fn-top" data-submit="{escape(say("send"))}" data-stop="{escape(say("stop"))}">'
        '<h1 class="fn-name">Footnote<sup>1</sup></h1>'
        f'<span class="fn-line">{escape(say("scope", articles=articles))}</span>'
        f'<a class="fn-health" href="readyz" target="_blank" rel="noopener" title="{escape(say("health"))}" '
        f'aria-label="{escape(say("health"))}"></a></div>'
    )
