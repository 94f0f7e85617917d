"""Boilerplate: what stands at the beginning or the end of many pages of a source, whatever it looks like.

Learnt from up to 200 documents, always the same ones (a bottom-k sample by the hash of their names, Cohen & Kaplan
2007), so that an edit elsewhere does not change what is taken off here. Headings and lists within an article are left
alone, however often they come.
"""

import hashlib
import heapq
import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace

from ingest import cleaning
from ingest.documents import Readable
from ingest.rejection import Rejected
from knowledge.article import Article, Block

SAMPLE = 200
# In so many documents of the sample, and in this share of it, a line is the site's and not the article's.
FEWEST = 5
SHARE = 0.5
LONGEST_LINE = 300

Read = Callable[[Readable], Article]


def learn(documents: Iterable[Readable], read: Read) -> frozenset[str]:
    """The lines that many documents share."""
    chosen = heapq.nsmallest(SAMPLE, documents, key=lambda one: hashlib.sha256(_name(one)).digest())
    counts: Counter[str] = Counter()
    for document in chosen if len(chosen) >= FEWEST else ():
        try:
            article = read(document)
        except Rejected:
            continue
        counts.update(set(_lines(article.text)) - set(_lines(article.title)))
    least = max(FEWEST, SHARE * len(chosen))
    return frozenset(line for line, count in counts.items() if count >= least)


def stripped(article: Article, shared: frozenset[str]) -> Article:
    """``article`` without shared lines at its beginning (behind the title) and its end; what they say is metadata."""
    blocks, text = list(article.blocks), article.text
    first = 1 if blocks and blocks[0].kind == "heading" else 0
    last = len(blocks)
    while last > first and _is_shared(blocks[last - 1], text, shared):
        last -= 1
    begin = first
    while begin < last and _is_shared(blocks[begin], text, shared):
        begin += 1
    if begin == last or (begin == first and last == len(blocks)):
        return article
    taken = [text[block.start : block.end] for block in (*blocks[first:begin], *blocks[last:])]
    facts = cleaning.facts([line for stretch in taken for line in stretch.split("\n")])
    return _with_facts(_cut(article, blocks[first].start, blocks[begin].start, blocks[last - 1].end), facts)


def _cut(article: Article, start: int, until: int, end: int) -> Article:
    """Without ``text[start:until]`` and without what stands behind ``end``."""
    gap = until - start
    moved = (
        block if block.end <= start else Block(block.kind, block.start - gap, block.end - gap, block.path)
        for block in article.blocks
        if block.end <= start or until <= block.start < end
    )
    return replace(article, text=article.text[:start] + article.text[until:end], blocks=tuple(moved))


def _with_facts(article: Article, said: cleaning.Facts) -> Article:
    return replace(
        article,
        author=article.author or said.author,
        ai_generated=article.ai_generated or said.ai_generated,
        updated=article.updated or said.updated,
    )


def _is_shared(block: Block, text: str, shared: frozenset[str]) -> bool:
    """Is every line of it shared, or one that names author or generator, and at least one shared?"""
    stretch = text[block.start : block.end]
    lines = _lines(stretch)
    known = [line in shared for line in lines]
    return any(known) and all(
        one or cleaning.is_fact(line.strip()) for one, line in zip(known, stretch.split("\n"), strict=False)
    )


def _lines(text: str) -> list[str]:
    """Each line as it is compared."""
    lines = (" ".join(line.lower().split()) for line in text.split("\n"))
    return [line[:LONGEST_LINE] for line in lines if re.search(r"\w", line)]


def _name(document: Readable) -> bytes:
    return document.origin.encode("utf-8", "surrogateescape")
