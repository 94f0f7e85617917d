"""A visitor's kept conversations, as the side panel lists, opens and saves them. Knows no Gradio."""

import json

from assistant.conversations import new_key
from assistant.export import as_dict, as_markdown
from ui.pages.conversation import Talk, restored
from ui.server.service import Service

# What a browser may hand back as its key; shorter ones could be guessed.
SHORTEST_KEY = 32
LONGEST_KEY = 64
# Titles in the list; the search finds what is below.
MOST_LISTED = 100

Rows = list[tuple[str, str]]


def owner_key(stored: object) -> str:
    """The browser's own key, or a new one where it has none."""
    good = isinstance(stored, str) and SHORTEST_KEY <= len(stored) <= LONGEST_KEY
    return str(stored) if good else new_key()


def rows(service: Service, owner: str, wanted: str = "") -> Rows:
    """Title and id of the owner's conversations, the last one first."""
    found = service.conversations.listed(owner, wanted.strip())[:MOST_LISTED]
    return [(one.title, one.conversation_id) for one in found]


def opened(service: Service, owner: str, conversation_id: str | None) -> Talk:
    """The kept conversation, empty where it is gone."""
    turns = service.conversations.turns(owner, conversation_id) if conversation_id else []
    return restored(conversation_id, turns, service) if turns and conversation_id else Talk()


def title(service: Service, owner: str, conversation_id: str | None) -> str:
    """Its title, or nothing."""
    found = service.conversations.find(owner, conversation_id) if conversation_id else None
    return found.title if found else ""


def exported(service: Service, owner: str, conversation_id: str | None, kind: str) -> tuple[str, str]:
    """A file's name and its text, ``kind`` being ``md`` or ``json``; empty when it is gone."""
    found = service.conversations.find(owner, conversation_id) if conversation_id else None
    if found is None:
        return "", ""
    said = service.conversations.turns(owner, found.conversation_id)
    text = as_markdown(found, said) if kind == "md" else json.dumps(as_dict(found, said), ensure_ascii=False, indent=2)
    return f"footnote-{found.created[:10]}.{kind}", text
