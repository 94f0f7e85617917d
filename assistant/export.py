"""A conversation to take along: as Markdown for readers, as JSON for programs. Pure."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from assistant.answer import Answer, Citation
from assistant.conversations import Conversation, Turn
from knowledge.plain import plain


def as_dict(conversation: Conversation, said: Sequence[Turn]) -> dict[str, Any]:
    """Everything kept, each answer in its documented shape."""
    return asdict(conversation) | {"turns": [{"at": turn.at, "answer": turn.answer.as_dict()} for turn in said]}


def as_markdown(conversation: Conversation, said: Sequence[Turn]) -> str:
    """Questions as headings, answers with their marks, footnotes below each."""
    head = f"# {conversation.title}\n\n{conversation.created[:10]}, answered by software from the site's articles.\n"
    return "\n".join([head, *(f"## {turn.answer.question}\n\n{answer_markdown(turn.answer)}" for turn in said)])


def answer_markdown(answer: Answer) -> str:
    """One answer with its footnotes, or with the nearest articles when the articles do not answer."""
    notes = [_footnote(citation) for citation in answer.citations]
    nearest = [f"- {near.title}{f' <{near.url}>' if near.url else ''}" for near in answer.nearest]
    below = "\n".join(notes or nearest)
    return f"{answer.answer}\n\n{below}\n" if below else f"{answer.answer}\n"


def _footnote(citation: Citation) -> str:
    where = " › ".join(part for part in (citation.title, citation.section.replace(" > ", " › ")) if part)
    facts = [where, citation.updated, f"<{citation.url}>" if citation.url else None]
    return f"- [{citation.n}] “{plain(citation.quote)}” {', '.join(filter(None, facts))}"
