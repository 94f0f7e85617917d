"""Cleaning: lines of a page that are not the article are taken out, and what they say becomes metadata.

Captions of pictures ("Illustration created with ...") look like headings and split sections; a footer
(author line, slogan, address, registration number) stands on every page and distorts matching. Pure
functions on lines; what is kept keeps its characters.
"""

import re
from dataclasses import dataclass

CAPTION = re.compile(
    r"^(illustration|image|photo|picture|figure|screenshot|illustratie|afbeelding|foto|beeld)\b"
    r".{0,60}\b(created|made|generated|courtesy|credit|by|with|via|gemaakt|gegenereerd|door|met)\b",
    re.IGNORECASE,
)
AUTHOR = re.compile(r"^(?:author|written by|auteur|geschreven door)\s*:?\s+(.{2,120})$", re.IGNORECASE)
GENERATED = re.compile(
    r"^(content|text|article|this (article|page|text)|inhoud|tekst|dit artikel)\b.{0,30}\b(generated|written|gegenereerd|geschreven)"
    r"\b.{0,20}\b(by|with|door|met)\b|\bAI[- ](generated|gegenereerd)",
    re.IGNORECASE,
)
MARKERS = (
    AUTHOR,
    GENERATED,
    re.compile(r"^(©|\(c\)|copyright\b)", re.IGNORECASE),
    re.compile(r"\b(chamber of commerce|kvk|vat|btw|registration (no|number))\b.{0,20}\d", re.IGNORECASE),
    re.compile(r"\b(website|site)\b.{0,20}\b(built|made|powered|gebouwd|gemaakt)\b", re.IGNORECASE),
    re.compile(r"^(all rights reserved|alle rechten voorbehouden)", re.IGNORECASE),
    re.compile(r"\b\d{4}\s?[A-Z]{2}\b.*,\s*\w+|^[A-Z][\w' -]+ \d{1,4}[a-z]?$"),  # a postal code, a street and number
)

# A footer is short: the first user's has about 60 words in lines under 80 characters.
FOOTER_LINE = 140
FOOTER_WORDS = 150
BULLET = re.compile(r"^\s*([-*•–+]|\d{1,3}[.)])\s+\S")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """What is left of a page, and what its footer said."""

    text: str
    author: str | None = None
    ai_generated: bool = False


def clean(text: str) -> Cleaned:
    """``text`` without captions and footer; line ends become ``\\n``."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    body, footer = _split_footer(lines)
    said = [line.strip() for line in footer]
    author = next((match.group(1).strip() for line in said if (match := AUTHOR.match(line))), None)
    generated = any(GENERATED.search(line) for line in said)
    return Cleaned("\n".join(_without_captions(body)).strip("\n"), author, generated)


def _split_footer(lines: list[str]) -> tuple[list[str], list[str]]:
    """The footer starts at the first marker from which on there are short lines only, two of them markers."""
    start = len(lines)
    words = markers = 0
    for at in range(len(lines) - 1, -1, -1):
        line = lines[at].strip()
        words += len(line.split())
        if len(line) > FOOTER_LINE or words > FOOTER_WORDS or BULLET.match(line) or line.startswith("#"):
            break
        if any(marker.search(line) for marker in MARKERS):
            start, markers = at, markers + 1
    return (lines[:start], lines[start:]) if markers >= 2 else (lines, [])


def _without_captions(lines: list[str]) -> list[str]:
    """Drop captions, and the picture's alternative text: a lone short line whose next one is a caption."""
    filled = [at for at, line in enumerate(lines) if line.strip()]
    dropped: set[int] = set()
    for place, at in enumerate(filled):
        if CAPTION.match(lines[at].strip()) and len(lines[at]) <= FOOTER_LINE:
            dropped.add(at)
            if place and _is_alternative_text(lines, filled[place - 1]):
                dropped.add(filled[place - 1])
    return [line for at, line in enumerate(lines) if at not in dropped]


def _is_alternative_text(lines: list[str], at: int) -> bool:
    line = lines[at].strip()
    lone = at > 0 and not lines[at - 1].strip()
    return lone and len(line) <= 80 and line[-1] not in ".!?:;" and not BULLET.match(line) and not line.startswith("#")
