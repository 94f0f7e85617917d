"""HTML: the page's main content as Markdown, with what the page says about itself.

The main content is the page's own ``<main>`` or only ``<article>``; where it marks neither, trafilatura finds it
(Barbaresi 2021, https://aclanthology.org/2021.acl-demo.15).
"""

import re
from copy import deepcopy
from typing import Any

from lxml import etree, html

from ingest.readers import decoding, facts, flow, markdown
from ingest.readers.draft import Draft
from ingest.readers.hidden import drop, drop_hidden
from ingest.rejection import Rejected, Unwanted

# trafilatura takes more than 25 seconds for 100,000 links or attributes.
MOST_ELEMENTS = 50_000
# With fewer words, what a page marks as its main content is not believed to be that.
FEW_WORDS = 25
# Share of the letters of an article that its element must hold.
NEARLY = 0.95


def draft(data: bytes, content_type: str, url: str | None) -> Draft:
    """The page as a draft.

    Raises:
        Rejected: empty, too large a tree, or nothing to read on it.
        Unwanted: the page asks not to be indexed.
    """
    root = _parsed(decoding.page(data, content_type))
    if facts.asks_for(root, "noindex"):
        raise Unwanted("the page asks robots not to index it (noindex)")
    fields = facts.facts(root, url)
    fields |= {"language": language} if (language := _language(root)) else {}
    shown_title = next(("".join(title.itertext()) for title in root.iter("title")), "")
    drop_hidden(root)
    main = _main(root)
    heading = next((" ".join(h.text_content().split()) for h in (*main.iter("h1"), *root.iter("h1"))), "")
    fields["title"] = heading or fields.get("title") or _site_less(shown_title)
    footer = "\n".join(flow.markdown(one) for one in root.iter("footer"))
    text = flow.markdown(main)
    if not text.strip():
        raise Rejected("no text on the page; one that a script fills in is not read")
    return Draft(text, markdown.blocks, {name: value for name, value in fields.items() if value}, footer)


def links(data: bytes, content_type: str) -> list[str]:
    """Where the page's links lead, resolved against its ``<base>``; none where it asks that they not be followed."""
    from urllib.parse import urljoin

    root = _parsed(decoding.page(data, content_type))
    if facts.asks_for(root, "nofollow"):
        return []
    base = next((one.get("href") for one in root.iter("base") if one.get("href")), "")
    anchors = (one for one in root.iter("a") if one.get("href") and "nofollow" not in (one.get("rel") or ""))
    return list(dict.fromkeys(urljoin(base, one.get("href").strip()) for one in anchors))


def _parsed(text: str) -> Any:
    parser = html.HTMLParser(remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        root = html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", text.replace("\0", "")), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise Rejected(f"no HTML that can be read ({' '.join(str(error).split())[:100]})") from error
    if sum(1 for _ in root.iter()) > MOST_ELEMENTS:
        raise Rejected(f"more than {MOST_ELEMENTS:,} elements")
    return root


def _main(root: Any) -> Any:
    for found in (root.xpath("//main | //*[@role='main']"), root.xpath("//article[not(ancestor::article)]")):
        if len(found) == 1 and len(found[0].text_content().split()) >= FEW_WORDS:
            return _without_surroundings(found[0])
    return _without_surroundings(_extracted(root))


def _without_surroundings(found: Any) -> Any:
    main = deepcopy(found)
    main.tail = None
    for element in list(main.iter("nav", "aside", "footer", "header")):
        if element.tag != "header" or next(element.iter("h1"), None) is None:
            drop(element)
    return main


def _extracted(root: Any) -> Any:
    """The smallest element that holds what trafilatura takes for the article; its output loses tables and nesting."""
    from trafilatura import extract

    found = extract(deepcopy(root), include_comments=False, include_tables=True, favor_recall=True) or ""
    lines = [line for line in map(_letters, found.split("\n")) if line]
    here = root
    while (inner := next((child for child in here if _holds(child, lines)), None)) is not None:
        here = inner
    return here


def _holds(element: Any, lines: list[str]) -> bool:
    """Is nearly all of the article in it?"""
    if not isinstance(element.tag, str) or not lines:
        return False
    text = _letters(element.text_content())
    return sum(len(line) for line in lines if line in text) >= NEARLY * sum(map(len, lines))


def _letters(text: str) -> str:
    return re.sub(r"\W+", "", text)


def _language(root: Any) -> str | None:
    found = re.match(r"[a-z]{2}(?![a-z])", (root.get("lang") or "").lower())
    return found.group(0) if found else None


def _site_less(title: str) -> str:
    """The title without the site's name behind a bar or a dash."""
    return re.split(r"\s+[|–—·»-]\s+", " ".join(title.split()))[0]
