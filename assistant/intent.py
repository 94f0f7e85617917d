"""What a question asks for: reasons, drawbacks, steps, a definition, a number, a date ...

Told from its words, in English and Dutch. An intent names the words by which a heading or a sentence shows that
it offers that. Words that only say what is asked for ("advantages", "pick") are not the topic, and are left out of it.
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

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
    r"phases|features|abilities|rights|duties|obligations|tasks|roles|building blocks|ingredients|software|"
    r"soorten|typen|voorbeelden|manieren|risico\w*|regels|vormen|begrippen|onderdelen|principes|uitdagingen|maatregelen|"
    r"factoren|technieken|methoden|opties|fasen|kenmerken|rechten|plichten|verplichtingen|taken|rollen|bouwstenen"
)

# In order: the first that matches counts.
INTENTS = (
    _intent(
        "drawbacks",
        r"\b(disadvantages?|drawbacks?|downsides?|cons|weakness\w*|limitations?|shortcomings?|flaws?|"
        r"(speaks?|arguments?|case|reasons?) against|fall short|go(es)? wrong|breaks?|watch out|beware|careful|"
        r"oppassen|opletten|uitkijken|nade(e)?l\w*|beperking\w*|zwakke punten|tekortkoming\w*|mis(gaat)?)\b"
        r"|\b(why|waarom)\b.*\b(avoid|vermijd\w*|(not|niet) (use|choose|pick|want|adopt|run|"
        r"gebruik\w*|kiezen|willen|draaien))\b",
        r"\b(disadvantages?|drawbacks?|downsides?|cons|weakness\w*|limit\w*|risks?|faults?|go(es)? wrong|nade(e)?l\w*|"
        r"beperking\w*|fouten|mis)\b",
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
        r"\b(when (do|does|should|would|to|is it)\b.*\b(choose|use|pick|prefer|better|go for|opt for|"
        r"makes? (more |most |better )?sense)|"
        r"which (one )?(should|do) (i|we))\b|\b(wanneer (kies|gebruik|neem)\w*|welke? (moet|kan) ik)\b",
        r"\b(when|choose|which|situations?|fits?|wanneer|kies\w*|situaties?|past)\b",
        wants_list=True,
    ),
    _intent(
        "steps",
        r"\b(steps?|how (do|does|did|is|are|can|could|should|would|must)|how to|go about|in order|stappen|procedures?|"
        r"process(es)?|(take|walk|talk) (me|us) through|from start to finish|stap voor stap)\b"
        r"|\bwhat (should|must|can|do) (i|we|you) do\b"
        r"|\bwhat (should|must|can|could) .{2,40} do (about|against|to|if|when|with)\b"
        r"|\bwat (kan|kun|kunnen|moet|moeten) .{1,40} doen (aan|tegen|om|als|met|voor)\b"
        r"|\bhoe (?!(veel|vaak|lang|groot|hoog|oud|duur|snel|ver|goed|zeker|komt|heet|zit)\b)\w+",
        r"\b(steps?|how(?! (much|many|long|large|big|high|often|reliable))|stages?|phases?|measures?|ways|tips|advice|"
        r"rules|guidelines|precautions|safeguards?|choices?|recommend\w*|checklist|stappen|"
        r"hoe(?! (veel|vaak|lang|groot|hoog|goed))|fasen?|maatregelen|manieren|advies|adviezen|regels|richtlijnen|"
        r"aanbevelingen)\b",
        wants_list=True,
    ),
    _intent(
        "uses",
        r"\b(used for|use(ful)? for|good for|what (can|do|does|are|is) .{2,40} (used )?for|"
        r"waarvoor|waar .{2,60} (voor gebruikt|"
        r"(handig|nuttig|goed|gebruikt) voor)|waar .{2,40} voor (handig|nuttig))\b",
        r"\b(uses?|used|applications?|roles?|fields|gebruik\w*|toepassing\w*|waarvoor)\b",
        wants_list=True,
    ),
    _intent(
        "parts",
        r"\b(made (up )?of|made from|built (from|of)|consists? of|composed of|bestaa[nt]|opgebouwd)\b"
        r"|\b(what|which|name|list|give|welke|noem)\b.{0,30}\b(parts|components|building blocks|ingredients|onderdelen|"
        r"bouwstenen)\b",
        r"\b(parts|components|elements|building blocks|ingredients|onderdelen|bouwstenen)\b",
        wants_list=True,
    ),
    _intent(
        "list",
        rf"\b(what|which|name|list|give|any|welke|noem|wat voor|uit)\b.{{0,30}}\b({LISTED})\b|^\W*({LISTED})\b"
        r"|\bwhich (?:[\w-]+ ){0,2}[\w-]{3,}s (are|can|could|do|did|have|were|should|must|may|exist|matter|apply)\b"
        r"|\bwelke (?:[\w-]+ )?(?!(mens|onderzoeker|bedrijv)\w*)[\w'’-]{3,}(?:s|en)\b|^\W*(list|lijst) (of|van)\b"
        r"|\b(what|which|welke)( are| zijn)?( the| de)? (two|three|four|five|six|twee|drie|vier|vijf|zes)\b",
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
    _intent(
        "who",
        r"\b(who|which (compan(y|ies)|persons?|people|researchers?)|wie|welk bedrijf|"
        r"welke (bedrijven|mensen|onderzoekers))\b",
        r"(?-i:\b[A-Z][\w-]+ [A-Z][\w-]+)",
    ),
    _intent(
        "definition",
        r"(^|, )\W*(so |and )?(what|wat)('s| is| are| was| were| zijn| betekent| doet)\b"
        r"|\bwhat does\b.*\b(do|mean|stand for|refer to)\b"
        r"|\b(define|definition|meaning|explain|uitleg|wat bedoel\w+|wat houdt)\b|^\W*[\w-]+\W*$",
        r"\b(is|are|means|refers to|zijn|betekent)\b",
    ),
)

# Said of what is asked for, not of what it is about.
ASKING = """
pick choose use using want prefer adopt switch advantage benefit disadvantage drawback downside pros cons step kind type
sort example list name explain define definition meaning means reason way tip good better best many much year
difference vs versus one make made take get go come find happen thing people person typically exactly stand
break flaw shortcoming procedure ingredient software building block part component element onderdeel onderdelen
bouwsteen bouwstenen
bring offer provide give get first second third fourth fifth last
kies kiezen gebruik gebruiken voordeel voordelen nadeel nadelen stap stappen soort voorbeeld noem betekent betekenis
reden manier vertel goed beter beste jaar verschil leg uitleg eerste tweede derde vierde vijfde laatste
maken maak gaan ga komen vinden ding dingen mensen eigenlijk precies
"""


@lru_cache(maxsize=1024)
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
