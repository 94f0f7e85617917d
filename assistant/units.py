"""Units: the sentences, list items and table rows of a hit, each with its exact place in the article."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import sentencex

from assistant.piece import Evidence
from knowledge.article import Block
from knowledge.hit import Hit
from knowledge.plain import plain

MARK = re.compile(r"[ \t>]*(?:[-*+•–]|\d{1,3}[.)])[ \t]+")
NUMBERED = re.compile(r"[ \t]*\d{1,3}[.)]")


@dataclass(frozen=True, slots=True)
class Unit:
    """``text`` is what a reader sees; ``lead`` the sentence before a list, or '' ; ``block`` where it stands."""

    kind: Literal["sentence", "item", "row"]
    text: str
    evidence: Evidence
    block: Block
    lead: str = ""
    numbered: bool = False

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


def units(hit: Hit) -> list[Unit]:
    """All units of a hit in reading order."""
    found: list[Unit] = []
    lead = ""
    for block in hit.blocks:
        text = hit.text[block.start - hit.start : block.end - hit.start]
        if block.kind == "item":
            found.append(_item(hit, block, text, lead))
            continue
        lead = ""
        if block.kind == "table":
            found.extend(_rows(hit, block, text))
        elif block.kind in ("paragraph", "quote"):
            found.extend(_sentences(hit, block, text))
            lead = found[-1].text if found and found[-1].introduces else ""
    return found


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


def _rows(hit: Hit, block: Block, text: str) -> Iterator[Unit]:
    """Rows below the head, read as "first cell: column second cell; column third cell"."""
    lines = text.split("\n")
    head = [plain(cell) for cell in lines[0].strip().strip("|").split("|")]
    at = block.start
    for line in lines:
        start, at = at, at + len(line) + 1
        cells = [plain(cell) for cell in line.strip().strip("|").split("|")]
        if line is lines[0] or not any(c.isalnum() for c in line) or len(cells) != len(head):
            continue
        rest = "; ".join(f"{name}: {cell}" if name else cell for name, cell in zip(head[1:], cells[1:], strict=True))
        yield Unit("row", f"{cells[0]}: {rest}", Evidence(hit, start, start + len(line.rstrip())), block)
