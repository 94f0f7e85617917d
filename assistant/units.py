"""Units: the sentences, list items and table rows of a hit, each with its exact place in the article."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import Literal

import sentencex

from assistant.intent import Intent
from assistant.piece import Evidence
from knowledge.article import Block
from knowledge.hit import Hit
from knowledge.plain import plain
from knowledge.terms import said

MARK = re.compile(r"[ \t>]*(?:[-*+•–]|\d{1,3}[.)])[ \t]+")
# Passages whose units are kept, some 10 kB each.
KEPT = 2048
NUMBERED = re.compile(r"[ \t]*\d{1,3}[.)]")
DASH = re.compile(r" [—–-] ")
OPENING = 8
BORDER = re.compile(r"(?<!\\)\|")  # an escaped bar is text


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table row, with its own place."""

    text: str
    evidence: Evidence


@dataclass(frozen=True)
class Unit:
    """``text`` is what a reader sees; ``lead`` the sentence before a list, or '' ; ``block`` where it stands.

    Its hit has no score: units are kept for the next question that finds the same passage.
    """

    kind: Literal["sentence", "item", "row"]
    text: str
    evidence: Evidence
    block: Block
    lead: str = ""
    numbered: bool = False
    columns: tuple[str, ...] = ()
    cells: tuple[Cell, ...] = ()

    @property
    def hit(self) -> Hit:
        """The hit it stands in."""
        return self.evidence.hit

    @property
    def introduces(self) -> bool:
        """Is it a sentence that only leads to what stands below it?"""
        return self.kind == "sentence" and self.text.endswith(":")

    @property
    def heading(self) -> str:
        """What gives the unit its meaning: title, section and lead-in."""
        return " ".join(part for part in (self.hit.title, self.hit.section, self.lead) if part)

    @cached_property
    def terms(self) -> frozenset[str]:
        """The stemmed words of the text."""
        return said(self.text, self.hit.language)

    @cached_property
    def opening(self) -> frozenset[str]:
        """The stemmed words that it begins with: the term of "Term — explanation", or the first eight."""
        head = " ".join(DASH.split(self.text, maxsplit=1)[0].split()[:OPENING])
        return said(head, self.hit.language)

    def offers(self, intent: Intent) -> bool:
        """Does the text show that it offers what is asked for?"""
        if intent.name not in self._offered:
            self._offered[intent.name] = bool(intent.offers.search(self.text))
        return self._offered[intent.name]

    @cached_property
    def _offered(self) -> dict[str, bool]:
        return {}

    @cached_property
    def headed_terms(self) -> frozenset[str]:
        """The same with those of title, section and lead-in."""
        return self.terms | said(self.heading, self.hit.language)


def units(hit: Hit) -> tuple[Unit, ...]:
    """All units of a hit in reading order."""
    return _units(replace(hit, score=0.0, stages={}))


@lru_cache(maxsize=KEPT)
def _units(hit: Hit) -> tuple[Unit, ...]:
    found: list[Unit] = []
    lead = ""
    for block in hit.blocks:
        text = hit.text[block.start - hit.start : block.end - hit.start]
        if block.kind == "item":
            found.append(_item(hit, block, text, lead))
            continue
        if block.kind == "table":
            found.extend(_rows(hit, block, text, lead))
        lead = ""
        if block.kind == "table":
            continue
        if block.kind in ("paragraph", "quote"):
            found.extend(_sentences(hit, block, text))
            lead = found[-1].text if found and found[-1].introduces else ""
    return tuple(found)


def _item(hit: Hit, block: Block, text: str, lead: str) -> Unit:
    mark = MARK.match(text)
    start = block.start + (mark.end() if mark else 0)
    numbered = bool(NUMBERED.match(text))
    return Unit("item", plain(text), Evidence(hit, start, block.end), block, lead, numbered)


def _sentences(hit: Hit, block: Block, text: str) -> Iterator[Unit]:
    for sentence in sentencex.get_sentence_boundaries(hit.language, text):
        stretch = text[sentence["start_index"] : sentence["end_index"]]
        start = block.start + int(sentence["start_index"]) + len(stretch) - len(stretch.lstrip())
        end = start + len(stretch.strip())
        if shown := plain(stretch):
            yield Unit("sentence", shown, Evidence(hit, start, end), block)


def _rows(hit: Hit, block: Block, text: str, lead: str) -> Iterator[Unit]:
    """Rows below the head, read as "first cell: column second cell; column third cell"."""
    lines = text.split("\n")
    head = tuple(cell.text for cell in _cells(hit, lines[0], block.start))
    at = block.start
    for line in lines:
        start, at = at, at + len(line) + 1
        cells = tuple(_cells(hit, line, start))
        if line is lines[0] or not any(c.isalnum() for c in line) or len(cells) != len(head):
            continue
        rest = "; ".join(f"{n}: {cell.text}" if n else cell.text for n, cell in zip(head[1:], cells[1:], strict=True))
        place = Evidence(hit, start, start + len(line.rstrip()))
        yield Unit("row", f"{cells[0].text}: {rest}", place, block, lead, columns=head, cells=cells)


def _cells(hit: Hit, line: str, start: int) -> Iterator[Cell]:
    """The cells of a table's line, which begins at ``start`` of the article."""
    borders = [border.start() for border in BORDER.finditer(line)]
    inner = [at for at in borders if line[:at].strip() and line[at + 1 :].strip()]
    first = borders[0] + 1 if borders and not line[: borders[0]].strip() else 0
    last = borders[-1] if len(borders) > 1 and not line[borders[-1] + 1 :].strip() else len(line)
    for begin, end in pairwise([first - 1, *inner, last]):
        cell = line[begin + 1 : end]
        at = start + begin + 1 + len(cell) - len(cell.lstrip())
        yield Cell(plain(cell.replace("\\|", "|")), Evidence(hit, at, at + len(cell.strip())))
