"""What a question asks for: reasons, drawbacks, steps, a definition, a number, a date ...

Told from its words, in English and Dutch. An intent names the words by which a heading or a sentence shows that
it offers that. Words that only say what is asked for ("advantages", "pick") are not the topic, and are left out of it.
"""

import re
from dataclasses import dataclass
from functools import cache

from knowledge.terms import stem, words


@dataclass(frozen=True, slots=True)
class Intent:
    """``asks`` matches the question; ``offers`` matches a heading or lead-in; ``wants_list`` prefers lists."""

    name: str
    asks: re.Pattern[str]
    offers: re.Pattern[str]
    wants_list: bool = False


def _intent(name: str, asks: str, offers: str, wants_list: bool = False) -> Intent:
    return Intent(name, re.compile(asks, re.IGNORECASE), re.compile(offers, re.IGNORECASE), wants_list)


# What comes in lists, and is asked for by its name.
LISTED = (
    r"kinds?|types?|sorts?|examples?|ways|tips|risks?|rules|tools|causes?|uses|applications|classes|categories|forms|"
    r"concepts|terms|elements|components|parts|principles|challenges|measures|factors|techniques|methods|options|stages|"
    r"phases|features|abilities|rights|duties|obligations|tasks|"
    r"soorten|typen|voorbeelden|manieren|risico\w*|regels|vormen|begrippen|onderdelen|principes|uitdagingen|maatregelen|"
    r"factoren|technieken|methoden|opties|fasen|kenmerken|rechten|plichten|verplichtingen|taken"
)

# In order: the first that matches counts.
INTENTS = (
    _intent(
        "drawbacks",
        r"\b(disadvantages?|drawbacks?|downsides?|cons|weakness\w*|limitations?|against|nade(e)?l\w*|beperking\w*)\b"
        r"|\b(why|waarom)\b.*\b(not|avoid|niet|vermijden)\b",
        r"\b(disadvantages?|drawbacks?|downsides?|cons|weakness\w*|limit\w*|risks?|nade(e)?l\w*|beperking\w*)\b",
        wants_list=True,
    ),
    _intent(
        "advantages",
        r"\b(advantages?|benefits?|upsides?|pros|strengths?|good (about|for)|voorde(e)?l\w*|pluspunten)\b"
        r"|\b(why|waarom)\b.{0,20}\b(pick|choose|use|using|want|prefer|adopt|run|kies\w*|kiezen|gebruik\w*)\b",
        r"\b(advantages?|benefits?|pros|strengths?|why|reasons?|voorde(e)?l\w*|waarom|redenen)\b",
        wants_list=True,
    ),
    _intent(
        "choice",
        r"\b(when (do|should|would|to|is it)\b.*\b(choose|use|pick|prefer|better)|which (one )?(should|do) (i|we))\b"
        r"|\b(wanneer (kies|gebruik)\w*|welke? (moet|kan) ik)\b",
        r"\b(when|choose|which|situations?|fits?|wanneer|kies\w*|situaties?|past)\b",
        wants_list=True,
    ),
    _intent(
        "steps",
        r"\b(steps?|how (do|can|could|should|would|must)|how to|how does .* work|go about|in order|stappen)\b"
        r"|\bwhat (should|must|can|do) (i|we|you) do\b|\bhoe (kan|kun|moet|werkt|maak|doe)\w*\b",
        r"\b(steps?|how|stages?|phases?|measures?|ways|tips|advice|rules|guidelines|precautions|recommend\w*|checklist|"
        r"stappen|hoe|fasen?|maatregelen|manieren|advies|adviezen|regels|richtlijnen|aanbevelingen)\b",
        wants_list=True,
    ),
    _intent(
        "list",
        rf"\b(what|which|name|list|give|welke|noem|wat voor)\b.{{0,30}}\b({LISTED})\b",
        rf"\b({LISTED})\b",
        wants_list=True,
    ),
    _intent(
        "causes",
        r"\b(why|what causes|reasons?|waarom|hoe komt)\b",
        r"\b(why|because|causes?|reasons?|waarom|oorza\w+|redenen)\b",
        wants_list=True,
    ),
    _intent("number", r"\b(how (many|much|large|big|long|high)|what percentage|hoeveel)\b", r"\b\d"),
    _intent("date", r"\b(when|what year|which year|since when|wanneer|welk jaar)\b", r"\b(1[5-9]|20)\d\d\b"),
    _intent("who", r"\b(who|which (company|person)|wie|welk bedrijf)\b", r"(?-i:\b[A-Z][a-z]+)"),
    _intent(
        "definition",
        r"(^|, )\W*(so |and )?(what|wat)('s| is| are| was| were| does| zijn| betekent| doet)\b"
        r"|\b(define|definition|meaning|explain|uitleg|wat bedoel\w+|wat houdt)\b|^\W*[\w-]+\W*$",
        r"\b(is|are|means|refers to|zijn|betekent)\b",
    ),
)

# Said of what is asked for, not of what it is about.
ASKING = """
pick choose use using want prefer adopt switch advantage benefit disadvantage drawback downside pros cons step kind type
sort example list name explain define definition meaning means reason way tip good better best many much year
difference vs versus one
bring offer provide give get first second third fourth fifth last
kies kiezen gebruik gebruiken voordeel voordelen nadeel nadelen stap stappen soort voorbeeld noem betekent betekenis
reden manier vertel goed beter beste jaar verschil leg uitleg eerste tweede derde vierde vijfde laatste
"""


def intent_of(question: str) -> Intent | None:
    """The first intent whose ``asks`` matches, or None."""
    return next((intent for intent in INTENTS if intent.asks.search(question)), None)


def topic_terms(question_terms: list[str], language: str) -> list[str]:
    """The terms that say what the question is about; all of them when nothing else is left."""
    return names_topic(question_terms, language) or question_terms


def names_topic(question_terms: list[str], language: str) -> list[str]:
    """The terms that say what the question is about, without those that say what is asked for."""
    asking = _asking(language)
    return [term for term in question_terms if term not in asking]


@cache
def _asking(language: str) -> frozenset[str]:
    return frozenset(stem(word, language) for word in words(ASKING))
