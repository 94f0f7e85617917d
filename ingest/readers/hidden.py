"""What a visitor of a page does not see: hidden elements are taken out of its tree."""

import re
from collections.abc import Iterator
from typing import Any

NEVER_SHOWN = (
    "script", "style", "template", "noscript", "iframe", "object", "embed", "svg", "math", "canvas", "audio", "video",
    "form", "input", "select", "textarea", "button", "title", "meta", "link", "base",
)  # fmt: skip
WHITE = (
    r"(#fff(fff)?(ff)?|white|transparent|rgba?\(\s*255[\s,]+255[\s,]+255\b[^)]*\)"
    r"|rgba\([^)]*,\s*0(\.0+)?\s*\)|hsl\([^)]*,\s*100%\s*\))"
)
OUTSIDE = r"-\d{3,}(px|em|rem|%)?"
HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(hidden|collapse)|content-visibility\s*:\s*hidden|opacity\s*:\s*0*\.?0+\s*(;|!|$)"
    r"|font-size\s*:\s*0*(\.\d+)?[01]?(\.0*)?\s*(px|pt|em|rem|%)?\s*(;|!|$)"
    rf"|(?<![\w-])(text-indent|left|top|right|bottom|margin-left|margin-top)\s*:\s*{OUTSIDE}"
    r"|clip\s*:\s*rect\(\s*[01](px)?[\s,]|clip-path\s*:\s*inset\(\s*(50|100)%|clip-path\s*:\s*circle\(\s*0"
    r"|transform\s*:\s*scale\(\s*0\s*\)",
    re.IGNORECASE,
)
TINY = re.compile(r"(?<![\w-])(max-)?(width|height)\s*:\s*[01](px)?\s*(;|!|$)", re.IGNORECASE)
WHITE_TEXT = re.compile(rf"(?<![\w-])color\s*:\s*{WHITE}", re.IGNORECASE)
BACKGROUND = re.compile(r"(?<![\w-])background(-color|-image)?\s*:", re.IGNORECASE)
RULE = re.compile(r"([^{}]{1,500})\{([^{}]{0,2000})\}")
SIMPLE = re.compile(r"(?:[a-z][a-z0-9]*)?(?P<kind>[.#])(?P<name>[\w-]+)", re.IGNORECASE)
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def drop_hidden(root: Any) -> None:
    """Take out of an lxml tree what is not shown: by element, attribute, style, or a rule of the page's own sheets.

    Sheets in files of their own are not fetched.
    """
    classes, ids = _hidden_names(root)
    for element in list(root.iter()):
        if not isinstance(element.tag, str) or element.tag in NEVER_SHOWN or _is_hidden(element, classes, ids):
            drop(element)


def drop(element: Any) -> None:
    """Take one element out; the text behind it stays."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is None:
            parent.text = (parent.text or "") + element.tail
        else:
            before.tail = (before.tail or "") + element.tail
    parent.remove(element)


def _is_hidden(element: Any, classes: set[str], ids: set[str]) -> bool:
    if element.get("hidden") is not None or (element.tag == "dialog" and element.get("open") is None):
        return True
    if element.get("id") in ids or classes & set((element.get("class") or "").split()):
        return True
    style = element.get("style") or ""
    if HIDING.search(style) or (TINY.search(style) and "overflow" in style):
        return True
    return bool(WHITE_TEXT.search(style)) and not any(
        _has_background(one) for one in (element, *element.iterancestors())
    )


def _has_background(element: Any) -> bool:
    return bool(BACKGROUND.search(element.get("style") or "") or element.get("bgcolor"))


def _hidden_names(root: Any) -> tuple[set[str], set[str]]:
    """Classes and ids that the page's own sheets hide, where the rule stands outside of any ``@media``."""
    found: dict[str, set[str]] = {".": set(), "#": set()}
    for selectors, rules in _rules(root):
        if HIDING.search(rules) or (TINY.search(rules) and "overflow" in rules):
            for selector in selectors.split(","):
                if simple := SIMPLE.fullmatch(selector.strip()):
                    found[simple["kind"]].add(simple["name"])
    return found["."], found["#"]


def _rules(root: Any) -> Iterator[tuple[str, str]]:
    for sheet in root.iter("style"):
        text = COMMENT.sub("", sheet.text or "")
        # A block of @media, whose rules may not hold here, is passed over with its nested braces.
        plain = re.sub(r"@[^{};]{1,200}\{(?:[^{}]|\{[^{}]*\})*\}", "", text)
        yield from RULE.findall(plain)
