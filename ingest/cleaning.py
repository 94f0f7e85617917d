"""Cleaning: lines of a page that are not the article are taken out, and what they say becomes metadata.

Captions of pictures ("Illustration created with ...") look like headings and split sections; a footer
(author line, slogan, address, registration number) stands on every page and distorts matching. Pure
functions on lines; what is kept keeps its characters.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest import dates, invisible
from knowledge.terms import words

CAPTION = re.compile(
    r"^(illustration|image|photo|picture|figure|screenshot|illustratie|afbeelding|foto|beeld)\b"
    r"(\s+(of|van)\s.{1,60}?|\s*:.{0,60}?)?[\s(-]+(created|made|generated|courtesy|credit|by|via|gemaakt|gegenereerd|door)\b",
    re.IGNORECASE,
)
PAGE = r"((this|dit|deze) )?(content|text|article|page|inhoud|tekst|artikel|pagina)\b"
AUTHOR = re.compile(
    rf"^(?:(?:author|auteur)\s*:|(?:{PAGE}.{{0,10}}\s)?(?:written by|geschreven door)\b:?)\s*(?P<name>.{{2,120}})$",
    re.IGNORECASE,
)
GENERATED = re.compile(
    rf"^{PAGE}.{{0,30}}\b((generated|gegenereerd)\b.{{0,20}}\b(by|with|door|met)\b"
    r"|(written|geschreven)\b.{0,20}\b(by|with|door|met)\b.{0,20}\b(AI|Claude|ChatGPT|GPT|Gemini)\b)"
    rf"|^({PAGE} (is|was) )?AI[- ](generated|gegenereerd)(\s+{PAGE})?\W*$",
    re.IGNORECASE,
)
UPDATED = re.compile(
    r"^((this|dit|deze) \w+ (was|is) )?((last|laatst)\s)?"
    r"(updated|modified|changed|revised|reviewed|bijgewerkt|gewijzigd|herzien)\b",
    re.IGNORECASE,
)
GLUED_YEAR = re.compile(r"\b((?:1[5-9]|20)\d{2})(?=[A-Z][a-z])")
MARKERS = (
    AUTHOR,
    GENERATED,
    re.compile(r"^(©|\(c\)\s*\d{4}|copyright\s*(©|\(c\)|\d{4}))", re.IGNORECASE),
    re.compile(r"\b(chamber of commerce|kvk|vat|btw|registration (no|number))\b.{0,20}\d[\d. ]{5}", re.IGNORECASE),
    re.compile(r"^((this|deze) )?(web)?site\b.{0,20}\b(built|made|powered|gebouwd|gemaakt)\b", re.IGNORECASE),
    re.compile(r"^(all rights reserved|alle rechten voorbehouden)", re.IGNORECASE),
)

# These markers name somebody; a line that ends like a sentence is one.
NAMING = (AUTHOR, GENERATED)

PICTURE = re.compile(r"\b(illustration|image|photo|picture|screenshot|illustratie|afbeelding|foto)$", re.IGNORECASE)
# Share of the words (Jaccard) at which a line repeats the title.
SAME_TITLE = 0.6

# A footer is short: the first user's has about 60 words in lines under 80 characters.
FOOTER_LINE = 140
FOOTER_WORDS = 150
BULLET = re.compile(r"^\s*([-*•–+]|\d{1,3}[.)])\s+\S")


@dataclass(frozen=True, slots=True)
class Facts:
    """What a footer says: the author, whether the text is generated, when it was last changed (ISO 8601)."""

    author: str | None = None
    ai_generated: bool = False
    updated: str | None = None


@dataclass(frozen=True, slots=True)
class Cleaned:
    """What is left of a page, and what its footer said."""

    text: str
    facts: Facts = Facts()


def clean(text: str) -> Cleaned:
    """``text`` without captions, footer and invisible characters; line ends become ``\\n``."""
    lines = invisible.removed(text.replace("\r\n", "\n").replace("\r", "\n")).split("\n")
    body, footer = _split_footer(lines)
    return Cleaned("\n".join(_without_captions(body)).strip("\n"), facts(footer))


def facts(footer: Sequence[str]) -> Facts:
    """What the lines of a footer say."""
    said = [line.strip() for line in footer]
    author = next((match["name"].strip() for line in said if (match := AUTHOR.match(line))), None)
    updated = next((found for line in said if UPDATED.match(line) and (found := dates.day(line))), None)
    return Facts(author, any(GENERATED.search(line) for line in said), updated)


def is_fact(line: str) -> bool:
    """Does a line of a footer say something about its article?"""
    return any(pattern.search(line) for pattern in (AUTHOR, GENERATED, UPDATED))


def unglued(text: str) -> str:
    """``text`` with a space behind a year that a timeline glued to what follows: "1956Dartmouth workshop"."""
    return GLUED_YEAR.sub(r"\1 ", text)


def _split_footer(lines: list[str]) -> tuple[list[str], list[str]]:
    """A footer has two kinds of marker and short lines only; it starts at the author, else at the first marker."""
    start = len(lines)
    length = 0
    kinds: set[re.Pattern[str]] = set()
    for at in range(len(lines) - 1, -1, -1):
        line = lines[at].strip()
        length += len(line.split())
        if len(line) > FOOTER_LINE or length > FOOTER_WORDS or BULLET.match(line) or line.startswith("#"):
            break
        here = {marker for marker in MARKERS if marker.search(line) and not (marker in NAMING and line.endswith("."))}
        if here:
            start = at
            kinds |= here
        if AUTHOR in here and len(kinds) >= 2:
            break
    return (lines[:start], lines[start:]) if len(kinds) >= 2 else (lines, [])


def _without_captions(lines: list[str]) -> list[str]:
    """Captions and the alternative text above them become empty lines, so that nothing is quoted across the gap."""
    filled = [at for at, line in enumerate(lines) if line.strip()]
    title = lines[filled[0]] if filled else ""
    dropped: set[int] = set()
    fenced = False
    for place, at in enumerate(filled):
        line = lines[at].strip()
        fenced ^= line.startswith(("```", "~~~"))
        if not fenced and CAPTION.match(line) and len(line) <= FOOTER_LINE and line[-1] not in ".!?:":
            dropped.add(at)
            below = lines[filled[place + 1]].strip() if place + 1 < len(filled) else ""
            if place > 1 and _is_alternative_text(lines, filled[place - 1], title, below):
                dropped.add(filled[place - 1])
    return ["" if at in dropped else line for at, line in enumerate(lines)]


def _is_alternative_text(lines: list[str], at: int, title: str, below: str) -> bool:
    """A lone short line that names a picture, says the title once more, or heads nothing: a heading stands below."""
    line = lines[at].strip()
    if lines[at - 1].strip() or not _stands_alone(line) or line.startswith("#"):
        return False
    said, named = set(words(line)), set(words(title))
    repeats = len(said & named) >= SAME_TITLE * len(said | named)
    return repeats or bool(PICTURE.search(line)) or not below or below.startswith("#") or _stands_alone(below)


def _stands_alone(line: str) -> bool:
    """Short, not a list item, and not ended like a sentence: a heading, or something that looks like one."""
    return len(line) <= 80 and line[-1] not in ".!:;," and not BULLET.match(line)
