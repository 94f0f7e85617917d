"""Titles and tags for a client's list of conversations, from the words of the conversation: no search and no model.

Clients ask for them with a prompt that holds the conversation, and most want JSON with one key that the prompt names.
"""

import json
import re

from knowledge.language import detect
from knowledge.stop_words import STOP_WORDS

LONGEST_TITLE = 50
MOST_TAGS = 3

# Where the conversation stands in a prompt, and the first thing its user said there.
HISTORY = re.compile(r"<chat_history>(.*?)</chat_history>", re.DOTALL)
FIRST = re.compile(r"^\s*(?:user|human)\s*:\s*(.+)$", re.IGNORECASE | re.MULTILINE)
# The key of the JSON that is asked for.
KEY = re.compile(r'\{\s*"(title|tags|follow_ups|queries)"\s*:')


def done(prompt: str) -> str:
    """The reply: a title, or JSON where the prompt shows it; nothing is made up where words alone will not do."""
    said = _first_question(prompt)
    key = KEY.search(prompt)
    if key is None:
        return _title(said)
    made = {"title": _title(said), "tags": _tags(said), "queries": [said] if said else []}
    return json.dumps({key[1]: made.get(key[1], [])}, ensure_ascii=False)


def _first_question(prompt: str) -> str:
    history = HISTORY.search(prompt)
    talk = history[1] if history else prompt
    said = FIRST.search(talk)
    return " ".join((said[1] if said else talk).split())


def _title(said: str) -> str:
    """The question itself, cut at a word."""
    if len(said) <= LONGEST_TITLE:
        return said
    return said[:LONGEST_TITLE].rpartition(" ")[0] + " …"


def _tags(said: str) -> list[str]:
    """The longest words that carry a topic."""
    words = dict.fromkeys(re.findall(r"[^\W\d_]{3,}", said))
    stops = STOP_WORDS.get(detect(said), frozenset()) if said else frozenset()
    carrying = sorted((word for word in words if word.lower() not in stops), key=len, reverse=True)
    return [word.capitalize() if word.islower() else word for word in carrying[:MOST_TAGS]]
