"""Plain text of Markdown: what a reader sees, without marks, tags and link targets."""

import re

LINK = re.compile(r"!?\[([^\]]*)\]\((?:[^()\s]|\([^()]*\))*(?:\s+\"[^\"]*\")?\)")
REFERENCE = re.compile(r"\[([^\]]+)\]\[[^\]]*\]")
TAG = re.compile(r"</?[A-Za-z][^<>]*>|<!--.*?-->", re.DOTALL)
STRONG = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1", re.DOTALL)
EMPHASIS = re.compile(r"(?<![\w*])\*(?=[^\s*])([^*\n]+?)(?<=[^\s*])\*(?![\w*])|(?<!\w)_(?=[^\s_])([^_\n]+?)(?<=[^\s_])_(?!\w)")
CODE = re.compile(r"`+([^`]+)`+")
LINE_MARK = re.compile(r"^[ \t]{0,12}(?:#{1,6}[ \t]+|>[ \t]?|[-*+•–][ \t]+|\d{1,3}[.)][ \t]+)", re.MULTILINE)
TABLE_RULE = re.compile(r"^[ \t]*\|?[ \t:|-]*-{2,}[ \t:|-]*$", re.MULTILINE)


def inline(text: str) -> str:
    """Without inline marks; line structure stays."""
    text = REFERENCE.sub(r"\1", LINK.sub(r"\1", TAG.sub("", text)))
    text = CODE.sub(r"\1", STRONG.sub(r"\2", text))
    return EMPHASIS.sub(lambda found: found.group(1) or found.group(2), text)


def plain(text: str) -> str:
    """One line of words: no marks, bullets, heading signs or table rules; white space folded."""
    text = LINE_MARK.sub("", TABLE_RULE.sub("", text))
    return " ".join(inline(text).replace("|", " | ").split()).strip("| ")
