"""Plain text of Markdown: what a reader sees, without marks, tags and link targets."""

import re

# Patterns run over text that anyone may have written: none backtracks more than a line or a few hundred characters.
LINK = re.compile(r"!?\[([^\[\]]*)\]\((?:[^()\s]|\([^()\s]*\)){0,1000}(?:\s+\"[^\"\n]{0,300}\")?\)")
REFERENCE = re.compile(r"\[([^\[\]]+)\]\[[^\[\]]*\]")
AUTOLINK = re.compile(r"<([A-Za-z][A-Za-z0-9+.-]*:[^<>\s]+|[^<>\s@]+@[^<>\s@]+)>")
TAG = re.compile(r"</?[A-Za-z][^<>]*>")
STRONG = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*|(?<!\w)__(?=\S)(.+?)(?<=\S)__(?!\w)", re.DOTALL)
EMPHASIS = re.compile(
    r"(?<![\w*])\*(?=[^\s*])([^*\n]+?)(?<=[^\s*])\*(?![\w*])|(?<!\w)_(?=[^\s_])([^_\n]+?)(?<=[^\s_])_(?!\w)"
)
CODE = re.compile(r"`{1,8}([^`]+)`{1,8}")
HELD = re.compile(r"\0(\d+)\0")
LINE_MARK = re.compile(r"^[ \t]{0,12}(?:#{1,6}[ \t]+|>[ \t]?|[-*+•–][ \t]+|\d{1,3}[.)][ \t]+)", re.MULTILINE)
TABLE_ROW = re.compile(r"^[ \t]*\|(.+)\|[ \t]*$", re.MULTILINE)
TABLE_RULE = re.compile(r"^(?=[^\n]*--)[ \t|:-]+$", re.MULTILINE)


def inline(text: str) -> str:
    """Without inline marks; line structure stays, and what stands in code stays as it is."""
    code: list[str] = []
    text = CODE.sub(lambda found: _held(found.group(1), code), text.replace("\0", ""))
    text = TAG.sub("", AUTOLINK.sub(r"\1", _without_comments(text)))
    text = LINK.sub(r"\1", LINK.sub(r"\1", text))  # twice: a link around a picture
    text = REFERENCE.sub(r"\1", text)
    for mark in (STRONG, EMPHASIS):
        text = mark.sub(lambda found: found.group(1) or found.group(2), text)
    return HELD.sub(lambda found: code[int(found.group(1))], text)


def plain(text: str) -> str:
    """One line of words: no marks, bullets, heading signs or table rules; rows end in ``;``, white space is folded."""
    text = LINE_MARK.sub("", TABLE_ROW.sub(r"\1;", TABLE_RULE.sub("", text)))
    return " ".join(inline(text).replace("|", " | ").split()).replace(" ;", ";").strip("|; ")


def _without_comments(text: str) -> str:
    """Without ``<!-- ... -->``; one that is never closed stays."""
    kept, at = [], 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start)) >= 0:
        kept.append(text[at:start])
        at = end + 3
    return "".join((*kept, text[at:]))


def _held(stretch: str, held: list[str]) -> str:
    """A stand-in for ``stretch`` that no mark is found in."""
    held.append(stretch)
    return f"\0{len(held) - 1}\0"
