"""The conversation on the page: its turns, and what each goes through while it is answered. Knows no Gradio."""

from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field

from assistant.answer import Answer, Citation
from assistant.conversations import Turn, history
from assistant.events import Cited, Delta, Done, Event, Sources, Status
from assistant.phrases import phrase
from assistant.question import check
from knowledge.hit import Hit
from ui.server import problems
from ui.server.answering import answered
from ui.server.line import Ticket
from ui.server.problem_json import Problem
from ui.server.service import Service


@dataclass
class Entry:
    """One turn as the page shows it: what is known of it by now."""

    question: str
    status: str = ""
    text: str = ""
    hits: tuple[Hit, ...] = ()
    citations: list[Citation] = field(default_factory=list)
    answer: Answer | None = None
    problem: Problem | None = None
    stopped: bool = False
    rating: str = ""
    follow_ups: list[str] = field(default_factory=list)


@dataclass
class Talk:
    """What is on the page; ``conversation_id`` is None until an answer was kept.

    ``shortened``: the store holds turns that are no longer on the page, until the answer that takes their place.
    """

    conversation_id: str | None = None
    entries: list[Entry] = field(default_factory=list)
    shortened: bool = False

    @property
    def history(self) -> list[dict[str, str]]:
        """The answered turns, as ``assistant.question.check`` takes them."""
        return history(entry.answer for entry in self.entries if entry.answer)

    def cut(self, at: int) -> str:
        """Drop entry ``at`` and what follows; its question."""
        question = self.entries[at].question
        del self.entries[at:]
        self.shortened = True
        return question

    @property
    def answered(self) -> int:
        """How many of them are."""
        return sum(entry.answer is not None for entry in self.entries)


def restored(conversation_id: str, turns: Sequence[Turn], service: Service) -> Talk:
    """A kept conversation, with the visitor's ratings."""
    entries = []
    for turn in turns:
        rating = service.feedback.find(turn.answer.trace_id)
        entries.append(_of(turn.answer, rating.rating if rating else ""))
    return Talk(conversation_id, entries)


async def reply(
    service: Service, question: str, talk: Talk, client: str = "", admit: Callable[[Ticket], None] = lambda _: None
) -> AsyncIterator[Entry]:
    """Answer ``question`` in ``talk``: its new last entry, yielded whenever there is something new to see.

    ``client`` is who asks, as the line and the budget of a closed model know it; ``admit`` raises ``HttpError`` when
    they come too often. An error ends the turn and is told in it; of a bug the id under which it is logged.
    """
    history = talk.history
    entry = Entry(question)
    talk.entries.append(entry)
    try:
        with service.line.ticket(client) as ticket:
            admit(ticket)
            async for made in answered(service, ticket, check(question, history), None):
                new = [_show(event, entry) for event in made]
                if any(new):
                    yield entry
    except Exception as error:  # noqa: BLE001 (told to the visitor; a bug is logged with its traceback)
        entry.problem = problems.of(error)
        yield entry


def _show(event: Event, entry: Entry) -> bool:
    """Bring ``entry`` up to date; False when there is nothing new to see."""
    if isinstance(event, Status):
        entry.status = event.text
    elif isinstance(event, Sources):
        entry.hits = event.hits
    elif isinstance(event, Cited):
        entry.citations.append(event.citation)
        return False
    elif isinstance(event, Delta):
        entry.text += event.text
    elif isinstance(event, Done):
        entry.answer = event.answer
        entry.text, entry.citations = event.answer.answer, list(event.answer.citations)
    return True


def nearest(answer: Answer) -> str:
    """The heading above the nearest articles of a refusal."""
    return phrase("nearest", answer.language)


def _of(answer: Answer, rating: str) -> Entry:
    return Entry(answer.question, text=answer.answer, citations=list(answer.citations), answer=answer, rating=rating)
