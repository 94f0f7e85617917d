"""Rendering: answers, footnotes, sources and articles as HTML. Pure; everything is escaped, then sanitised last.

Markdown is rendered with raw HTML off, and nh3 keeps an allow-list: no images, no styles, no forms; links only
to http, https, mailto and our own pages. In a test of hostile outputs this pair let nothing through.
"""

import posixpath
import re
from collections.abc import Iterable, Sequence
from functools import cache
from html import escape
from urllib.parse import quote

import nh3
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore

from assistant.answer import Answer, Citation, Nearest
from knowledge.hit import Hit
from knowledge.plain import plain
from knowledge.terms import terms, words

# A mark in running text becomes a pair of private-use characters, which Markdown leaves alone.
OPEN, CLOSE = "\ue000", "\ue001"
MARK = re.compile(r"(?<!\\)\[(\d{1,3})\]")
PLACED = re.compile(f"{OPEN}(\\d+){CLOSE}")
INVISIBLE = re.compile("[\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069\ue000-\uf8ff\U000e0000-\U000e007f]")

TAGS = {
    "a", "blockquote", "br", "cite", "code", "div", "em", "h2", "h3", "h4", "h5", "h6", "hr", "li", "mark", "ol", "p",
    "pre", "span", "strong", "sup", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
ATTRIBUTES = {
    "a": {"href", "class", "target"},
    "span": {"class", "tabindex", "role", "aria-label"},
    "div": {"class"}, "ol": {"class", "start"}, "li": {"class"}, "p": {"class"},
    "h2": {"id"}, "h3": {"id"}, "h4": {"id"}, "h5": {"id"}, "h6": {"id"},
}  # fmt: skip


def answer_html(text: str, citations: Sequence[Citation]) -> str:
    """An answer's Markdown with its marks turned into footnotes that open a card, and the footnotes below."""
    known = {citation.n: citation for citation in citations}
    visible = INVISIBLE.sub("", text)
    placed = MARK.sub(lambda m: f"{OPEN}{m[1]}{CLOSE}" if int(m[1]) in known else "", visible)
    body = PLACED.sub(lambda m: _footnote(known[int(m[1])]), _markdown().render(placed))
    return _one_block(_clean(f'<div class="fn-answer">{body}</div>{_footnotes(citations)}'))


def refusal_html(answer: Answer, heading: str) -> str:
    """A refusal with the nearest articles."""
    nearest = "".join(f"<li>{_link(near)}</li>" for near in answer.nearest)
    more = f'<p class="fn-hint">{escape(heading)}</p><ul>{nearest}</ul>' if nearest else ""
    return _one_block(_clean(f'<div class="fn-refusal"><p>{escape(answer.answer)}</p>{more}</div>'))


def badge_html(answer: Answer) -> str:
    """Who wrote an answer, and whether text left the owner's environment."""
    writer = answer.model.name if answer.model.kind != "extractive" else "quoted from the articles, no language model"
    where = "text left" if answer.left_environment else "nothing left"
    parts = [answer.note, writer if answer.answered else None, f"{where} this site’s own environment"]
    seconds = f"{answer.timings_ms.get('total', 0) / 1000:.2f} s"
    return _clean(f'<p class="fn-badge">{escape(" · ".join([*filter(None, parts), seconds]))}</p>')


def sources_html(hits: Iterable[Hit], question: str) -> str:
    """What the search found, one card an article passage, the question's words marked."""
    cards = (_card(rank, hit, set(terms(question, hit.language))) for rank, hit in enumerate(hits, 1))
    return _clean("".join(cards))


def article_html(markdown: str, article_id: str) -> str:
    """An article's body; headings get ids, relative links to other articles lead to their pages here."""
    rendered = _article_markdown().render(markdown, {"article_id": article_id})
    rendered = re.sub(r"<(h[2-6])>(.*?)</\1>", _anchored, rendered)
    return _clean(rendered.replace("<h1>", "<h2>").replace("</h1>", "</h2>"))


def address(article_id: str, url: str | None, quoted: str = "") -> str:
    """Where a footnote leads: the article's own address, or its page here, at the quoted words where given."""
    place = url or "/articles/" + quote(article_id)
    if not quoted or "#" in place:
        return place
    return place + "#:~:text=" + _fragment(quoted)


def _fragment(quoted: str) -> str:
    """A text fragment: first and last words of what a reader sees (https://wicg.github.io/scroll-to-text-fragment)."""
    seen = plain(quoted).split()
    ends = [" ".join(seen)] if len(seen) <= 8 else [" ".join(seen[:4]), " ".join(seen[-4:])]
    return ",".join(quote(end, safe="").replace("-", "%2D") for end in ends)


def _footnote(citation: Citation) -> str:
    where = " › ".join(part for part in (citation.title, citation.section.replace(" > ", " › ")) if part)
    dated = f'<span class="fn-date">{escape(citation.updated)}</span>' if citation.updated else ""
    card = (
        f'<span class="fn-card"><span class="fn-where">{escape(where)}</span>'
        f'<span class="fn-quote">“{escape(plain(citation.quote))}”</span>{dated}</span>'
    )
    label = f"Footnote {citation.n}: {escape(citation.title)}"
    return f'<span class="fn-mark" tabindex="0" role="note" aria-label="{label}">{citation.n}{card}</span>'


def _footnotes(citations: Sequence[Citation]) -> str:
    """The list below an answer; neighbours from the same section name it once."""
    rows = []
    for before, citation in zip((None, *citations), citations, strict=False):
        same = before and (before.article_id, before.section) == (citation.article_id, citation.section)
        link = escape(address(citation.article_id, citation.url, citation.quote))
        section = escape(citation.section.replace(" > ", " › "))
        place = f'<span class="fn-place">{escape(citation.title)}{" › " if section else ""}{section}</span>'
        seen = f'<a class="fn-quote" target="_blank" href="{link}">“{escape(plain(citation.quote))}”</a>'
        rows.append(f"<li>{'' if same else place}{seen}</li>")
    return f'<ol class="fn-list">{"".join(rows)}</ol>' if rows else ""


def _link(near: Nearest) -> str:
    return f'<a target="_blank" href="{escape(address(near.article_id, near.url))}">{escape(near.title)}</a>'


def _card(rank: int, hit: Hit, wanted: set[str]) -> str:
    section = f'<div class="fn-section">{escape(hit.section.replace(" > ", " › "))}</div>' if hit.section else ""
    return (
        f'<div class="fn-source"><div class="fn-head"><span class="fn-rank">{rank}</span>'
        f'<a class="fn-title" target="_blank" href="{escape(address(hit.article_id, hit.url))}">{escape(hit.title)}</a>'
        f'<span class="fn-score">{hit.score:.2f}</span></div>{section}'
        f'<p class="fn-passage">{_marked(plain(hit.text), wanted, hit.language)}</p></div>'
    )


def _marked(text: str, wanted: set[str], language: str) -> str:
    """``text`` escaped, with the words whose stem is wanted in ``<mark>``."""

    def part(found: re.Match[str]) -> str:
        hit = words(found[0]) and set(terms(found[0], language)) & wanted
        return f"<mark>{escape(found[0])}</mark>" if hit else escape(found[0])

    return re.sub(r"\w+|[^\w]+", part, text)


def _anchored(found: re.Match[str]) -> str:
    anchor = "-".join(words(re.sub("<[^>]+>", "", found[2])))
    return f'<{found[1]} id="{escape(anchor)}">{found[2]}</{found[1]}>'


def _clean(html: str) -> str:
    return nh3.clean(
        INVISIBLE.sub("", html), tags=TAGS, attributes=ATTRIBUTES, url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer nofollow",
    )  # fmt: skip


def _one_block(html: str) -> str:
    """On one line, so that a page that takes it for Markdown finds a single HTML block."""
    return html.replace("\n", " ")


@cache
def _markdown() -> MarkdownIt:
    """For answers: no links and no images at all, footnotes lead where a reader may go."""
    return MarkdownIt("commonmark", {"html": False}).enable("table").disable(["image", "link", "autolink"])


@cache
def _article_markdown() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")
    parser.core.ruler.push("article_links", _lead_links_here)
    return parser


def _lead_links_here(state: StateCore) -> None:
    """In ``nl/rag`` a link to ``../tokens.md`` leads to ``/articles/tokens``."""
    for block in state.tokens:
        for token in block.children or []:
            href = str(token.attrGet("href") or "") if token.type == "link_open" else ""
            if found := re.fullmatch(r"([\w./-]+)\.md(#[\w-]*)?", href):
                target = posixpath.normpath(posixpath.join(posixpath.dirname(state.env["article_id"]), found[1]))
                token.attrSet("href", f"/articles/{target}{found[2] or ''}")
