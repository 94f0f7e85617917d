"""From an article's blocks to chunks: whole paragraphs of one section, lists with their lead-in.

Pure. Each chunk is indexed with title and heading path in front, which on documents with headings is worth
2 to 6 points of nDCG@10.
"""

from bisect import bisect
from collections import Counter
from collections.abc import Iterator
from itertools import groupby

import sentencex

from ingest.cleaning import unglued
from knowledge.article import Article, Block, trimmed
from knowledge.chunk import Chunk, chunk_id
from knowledge.plain import plain

# In characters. all-MiniLM-L6-v2 reads 256 word pieces, some 1,100 characters of English, and cuts the rest
# off silently; the heading prefix needs its part.
TARGET = 900
LONGEST_PARAGRAPH = 1100
FRAGMENT = 150


def chunks(article: Article) -> list[Chunk]:
    """The article's chunks in reading order; at least one for an article with text."""
    seen: Counter[str] = Counter()
    made: list[Chunk] = []
    for ordinal, (group, lead) in enumerate(_groups(article)):
        start, end = group[0].start, group[-1].end
        path = [unglued(plain(part)) for part in group[0].path]
        prefix = " > ".join((unglued(plain(article.title)), *path))
        words = " ".join(unglued(plain(article.text[block.start : block.end])) for block in group)
        indexed = f"{prefix}\n{lead} {words}" if lead else f"{prefix}\n{words}"
        made.append(
            Chunk(
                chunk_id(article.article_id, indexed, seen[indexed]), article.article_id, ordinal,
                " > ".join(path), start, end, article.text[start:end], indexed, tuple(group),
            )
        )  # fmt: skip
        seen[indexed] += 1
    return made


def _groups(article: Article) -> Iterator[tuple[list[Block], str]]:
    """``(blocks of one chunk, lead-in to repeat)``; a list too long for one chunk takes its lead-in along."""
    headings = [block.start for block in article.blocks if block.kind == "heading"]
    for _, section in groupby(_pieces(article), key=lambda block: bisect(headings, block.start)):
        yield from _without_fragment(list(_section_groups(list(section), article.text)))


def _section_groups(section: list[Block], text: str) -> Iterator[tuple[list[Block], str]]:
    group: list[Block] = []
    for bundle in _bundles(section, text):
        if group and bundle[-1].end - group[0].start > TARGET:
            yield group, ""
            group = []
        if bundle[-1].end - bundle[0].start > TARGET:
            yield from _split(bundle, text)
        else:
            group += bundle
    if group:
        yield group, ""


def _without_fragment(groups: list[tuple[list[Block], str]]) -> list[tuple[list[Block], str]]:
    """A few words left over at a section's end go with what stands before them."""
    if len(groups) > 1 and groups[-1][0][-1].end - groups[-1][0][0].start < FRAGMENT:
        (before, lead), (left_over, _) = groups[-2:]
        if left_over[-1].end - before[0].start <= TARGET + FRAGMENT:
            return [*groups[:-2], (before + left_over, lead)]
    return groups


def _bundles(section: list[Block], text: str) -> Iterator[list[Block]]:
    """Blocks that belong together: a list with the paragraph that introduces it, anything else alone."""
    bundle: list[Block] = []
    for block in section:
        if bundle and not (block.kind == "item" and (bundle[-1].kind == "item" or is_lead_in(bundle[-1], text))):
            yield bundle
            bundle = []
        bundle.append(block)
    if bundle:
        yield bundle


def _split(bundle: list[Block], text: str) -> Iterator[tuple[list[Block], str]]:
    lead = plain(text[bundle[0].start : bundle[0].end]) if is_lead_in(bundle[0], text) else ""
    group: list[Block] = []
    for block in bundle:
        if group and block.end - group[0].start > TARGET:
            yield group, "" if group[0] is bundle[0] else lead
            group = []
        group.append(block)
    yield group, "" if group[0] is bundle[0] else lead


def is_lead_in(block: Block, text: str) -> bool:
    """Does a paragraph introduce the list below it?"""
    return block.kind == "paragraph" and text[block.start : block.end].rstrip().endswith(":")


def _pieces(article: Article) -> Iterator[Block]:
    """Blocks with words to show; paragraphs that are too long are cut between sentences."""
    content = [block for block in article.blocks if block.kind != "heading" and _shown(block, article.text)]
    for block in content or [Block("paragraph", 0, len(article.text))]:
        length = block.end - block.start
        if block.kind in ("paragraph", "quote") and length > LONGEST_PARAGRAPH:
            yield from _cut(block, article.text, article.language)
        else:
            yield block


def _shown(block: Block, text: str) -> bool:
    """Is there anything to read in it? Not in a comment, or in a picture without alternative text."""
    return bool(plain(text[block.start : block.end]))


def _cut(block: Block, text: str, language: str) -> Iterator[Block]:
    """Pieces of about equal length, none over ``TARGET`` unless a single sentence is."""
    length = block.end - block.start
    size = length / -(-length // TARGET)
    start = end = block.start
    for sentence in sentencex.get_sentence_boundaries(language, text[block.start : block.end]):
        sentence_end = block.start + int(sentence["end_index"])
        if end > start and sentence_end - start > size * 1.1:
            yield _piece(block, text, start, end)
            start = end
        end = sentence_end
    yield _piece(block, text, start, block.end)


def _piece(block: Block, text: str, start: int, end: int) -> Block:
    return Block(block.kind, *trimmed(text, start, end), block.path)
