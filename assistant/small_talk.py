"""Small talk: a greeting, thanks, "who are you?" get a fixed reply, never a search result.

Only a message that is nothing else counts: "hi, what is RAG?" is a question.
"""

import re

from knowledge.terms import words

_NAMES = r"(?: (?:there|all|everyone|bot|footnote|allemaal|daar))?"

KINDS = {
    "greeting": r"hi|hello|hey|hiya|yo|good (?:morning|afternoon|evening|day)|how are you(?: doing)?(?: today)?|"
    r"hallo|hoi|dag|goede(?:n)? ?(?:morgen|middag|avond|dag)|hoe gaat het(?: met (?:je|jou|u))?",
    "thanks": r"(?:thanks(?: (?:a lot|so much|very much))?|thank you(?: (?:so|very) much)?)(?: for (?:your|the) \w+)?|"
    r"thx|ty|cheers|great|perfect|"
    r"(?:ok(?:ay)?|oke) ?(?:thanks|thank you|bedankt)?|super|"
    r"(?:dank (?:je|jullie|u)(?: wel)?|dankjewel|dankuwel|bedankt|merci)(?: voor (?:je|uw|de) \w+)?",
    "farewell": r"bye(?: bye)?|goodbye|see you(?: later)?|doei|tot ziens|dag dag|fijne dag(?: nog)?",
    "self": r"who are you|what are you|what can you do|what do you do|how do you work|help|"
    r"are you (?:a |an )?(?:human|real|robot|bot|ai|person)|"
    r"wie ben je|wie bent u|wat ben je|wat kun je(?: doen)?|wat doe je|ben je (?:een )?(?:mens|robot|ai|bot)",
}
PATTERNS = {kind: re.compile(rf"(?:{words}){_NAMES}", re.IGNORECASE) for kind, words in KINDS.items()}
# "hi, who are you?"
OPENING = re.compile(rf"(?:hi|hello|hey|hallo|hoi|ok|okay|oke){_NAMES} ", re.IGNORECASE)


def small_talk(text: str) -> str | None:
    """The name of the phrase that replies to ``text`` (see ``assistant.phrases``); None for a question."""
    bare = " ".join(words(text))
    greeted = _kind(OPENING.sub("", bare)) if OPENING.match(bare) else None
    return greeted or _kind(bare)


def _kind(bare: str) -> str | None:
    return next((kind for kind, pattern in PATTERNS.items() if pattern.fullmatch(bare)), None)
