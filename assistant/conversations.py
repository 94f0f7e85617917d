"""Conversations: what visitors asked and were answered, kept in the catalogue's database for some days.

Only who has the owner key a conversation was begun with reads, renames or deletes it; the key's SHA-256 is all that is
stored. In what a visitor typed, personal data is replaced as in traces; what the articles say stays as it is quoted.
"""

import hashlib
import logging
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import (
    JSON,
    Column,
    ColumnElement,
    Connection,
    Engine,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    delete,
    insert,
    literal_column,
    or_,
    select,
    update,
)
from sqlalchemy.exc import SQLAlchemyError

from assistant.answer import Answer
from assistant.feedback import Feedback
from assistant.personal_data import scrub
from knowledge.timestamps import days_ago, now

LONGEST_TITLE = 80

metadata = MetaData()

conversations = Table(
    "conversations",
    metadata,
    Column("conversation_id", String, primary_key=True),
    Column("owner", String, nullable=False, index=True),
    Column("title", Text, nullable=False),
    Column("created", String, nullable=False),
    Column("changed", String, nullable=False, index=True),
)

# ``turns`` in the order in which they were written, which is that of ``number``.
turns = Table(
    "turns",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("conversation_id", String, nullable=False, index=True),
    Column("at", String, nullable=False),
    Column("answer", JSON, nullable=False),
)

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Conversation:
    """``created`` and ``changed`` are ISO 8601 in UTC; the title is the first question until it is renamed."""

    conversation_id: str
    title: str
    created: str
    changed: str


@dataclass(frozen=True, slots=True)
class Turn:
    """One question with its answer (which has the question in it), and when it was answered, ISO 8601 in UTC."""

    at: str
    answer: Answer


def new_key() -> str:
    """A key or id nobody guesses: 192 random bits."""
    return secrets.token_urlsafe(24)


def history(answers: Iterable[Answer]) -> list[dict[str, str]]:
    """A conversation's answers, oldest first, as ``assistant.question.check`` takes what was said before."""
    return [
        {"role": role, "content": text}
        for answer in answers
        for role, text in (("user", answer.question), ("assistant", answer.answer))
    ]


class Conversations:
    """The store. ``days`` is how long a conversation is kept after its last turn; 0 keeps none.

    ``owner`` is the visitor's key (``new_key``). What is not the owner's is treated like what is not there.
    """

    def __init__(self, engine: Engine, days: int) -> None:
        self._engine = engine
        self._days = days
        self._feedback = Feedback(engine)
        metadata.create_all(engine)
        self.forget_old()

    @property
    def kept(self) -> bool:
        """Are conversations kept at all?"""
        return self._days > 0

    def begin(self, owner: str) -> str:
        """A new conversation without a turn; its id. The first question becomes its title."""
        with self._engine.begin() as connection:
            return _begin(connection, owner, "", now())

    def add(self, owner: str, conversation_id: str | None, answer: Answer) -> str | None:
        """Keep a turn in the owner's conversation, in a new one when there is none of that id; its id.

        None when nothing is kept. An answer is never lost over it: a full disk is logged.
        """
        if not self.kept:
            return None
        answer = replace(answer, question=scrub(answer.question), standalone_question=scrub(answer.standalone_question))
        try:
            with self._engine.begin() as connection:
                return _add(connection, owner, conversation_id, answer)
        except SQLAlchemyError as error:
            log.warning("a turn was not kept: %s", error)
            return None

    def find(self, owner: str, conversation_id: str) -> Conversation | None:
        """The owner's conversation of that id, or None."""
        return next(iter(self._read(_own(owner, conversation_id))), None)

    def listed(self, owner: str, wanted: str = "") -> list[Conversation]:
        """The owner's conversations, the last one first; those with ``wanted`` in title, questions or answers."""
        said = [turns.c.answer[part].as_string().icontains(wanted, autoescape=True) for part in ("question", "answer")]
        inside = conversations.c.conversation_id.in_(select(turns.c.conversation_id).where(or_(*said)))
        matches = or_(conversations.c.title.icontains(wanted, autoescape=True), inside)
        return self._read(_of(owner) & matches if wanted else _of(owner))

    def turns(self, owner: str, conversation_id: str) -> list[Turn]:
        """The turns of the owner's conversation, oldest first; none when it is not there."""
        if self.find(owner, conversation_id) is None:
            return []
        query = select(turns).where(turns.c.conversation_id == conversation_id).order_by(turns.c.number)
        with self._engine.connect() as connection:
            return [Turn(row["at"], Answer.from_dict(row["answer"])) for row in connection.execute(query).mappings()]

    def rename(self, owner: str, conversation_id: str, title: str) -> bool:
        """Give a conversation a title; False when it is not there or the title is empty."""
        if not title.strip():
            return False
        changed = update(conversations).where(_own(owner, conversation_id)).values(title=_title(title))
        with self._engine.begin() as connection:
            return bool(connection.execute(changed).rowcount)

    def cut(self, owner: str, conversation_id: str, keep: int) -> None:
        """Drop all turns but the first ``keep``, with their traces and ratings: what is asked anew replaces them."""
        self._drop(conversation_id, self.turns(owner, conversation_id)[keep:])

    def delete(self, owner: str, conversation_id: str) -> bool:
        """Delete a conversation with the traces and ratings of its answers; False when it is not there."""
        self._drop(conversation_id, self.turns(owner, conversation_id))
        with self._engine.begin() as connection:
            return bool(connection.execute(delete(conversations).where(_own(owner, conversation_id))).rowcount)

    def delete_all(self, owner: str) -> int:
        """Delete every conversation of the owner; how many there were."""
        return sum(self.delete(owner, found.conversation_id) for found in self.listed(owner))

    def _read(self, which: ColumnElement[bool]) -> list[Conversation]:
        names = Conversation.__slots__
        newest = conversations.c.changed.desc(), literal_column("rowid", Integer).desc()  # several a second
        query = select(*(conversations.c[name] for name in names)).where(which).order_by(*newest)
        with self._engine.connect() as connection:
            return [Conversation(*row) for row in connection.execute(query)]

    def _drop(self, conversation_id: str, dropped: Sequence[Turn]) -> None:
        ids = [turn.answer.trace_id for turn in dropped]
        if not ids:
            return
        gone = turns.c.answer["trace_id"].as_string().in_(ids)
        with self._engine.begin() as connection:
            connection.execute(delete(turns).where(turns.c.conversation_id == conversation_id, gone))
        for trace_id in ids:
            self._feedback.forget(trace_id)

    def forget_old(self) -> None:
        """Delete what is older than ``days``; done at the start, and whenever somebody begins a conversation."""
        old = conversations.c.changed < days_ago(self._days) if self.kept else conversations.c.changed.is_not(None)
        with self._engine.begin() as connection:
            gone = select(conversations.c.conversation_id).where(old)
            connection.execute(delete(turns).where(turns.c.conversation_id.in_(gone)))
            connection.execute(delete(conversations).where(old))


def _add(connection: Connection, owner: str, conversation_id: str | None, answer: Answer) -> str:
    at, title = now(), _title(answer.question)
    own = _own(owner, conversation_id or "")
    if not connection.execute(update(conversations).where(own).values(changed=at)).rowcount:
        conversation_id = _begin(connection, owner, title, at)
    connection.execute(update(conversations).where(own, conversations.c.title == "").values(title=title))
    turn = {"conversation_id": conversation_id, "at": at, "answer": answer.as_dict()}
    connection.execute(insert(turns), turn)
    return str(conversation_id)


def _begin(connection: Connection, owner: str, title: str, at: str) -> str:
    conversation_id = new_key()
    row = {"conversation_id": conversation_id, "title": title, "created": at, "changed": at}
    connection.execute(insert(conversations), row | {"owner": _digest(owner)})
    return conversation_id


def _of(owner: str) -> ColumnElement[bool]:
    return conversations.c.owner == _digest(owner)


def _own(owner: str, conversation_id: str) -> ColumnElement[bool]:
    return _of(owner) & (conversations.c.conversation_id == conversation_id)


def _digest(owner: str) -> str:
    return hashlib.sha256(owner.encode()).hexdigest()


def _title(text: str) -> str:
    """One line, scrubbed, of at most ``LONGEST_TITLE`` characters."""
    line = " ".join(scrub(text).split())
    return line if len(line) <= LONGEST_TITLE else line[: LONGEST_TITLE - 1] + "…"
