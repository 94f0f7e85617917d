"""Rendering: answers, footnotes and articles as HTML. Pure; everything is escaped, then sanitised last.

Markdown is rendered with raw HTML off, then ``ui.pages.safe`` keeps an allow-list. In a test of hostile outputs this
pair let nothing through.
"""

import posixpath
import re
from collections.abc import Sequence
from functools import cache
from html import escape

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore

from assistant.answer import Answer, Citation, Nearest
from knowledge.plain import plain
from knowledge.terms import words
from ui.addresses import address
from ui.pages.safe import INVISIBLE, clean, one_block
from ui.pages.words import Say

# A mark in running text becomes a pair of private-use characters, which Markdown leaves alone.
OPEN, CLOSE = "\ue000", "\ue001"
MARK = re.compile(r"(?<!\\)\[(\d{1,3})\]")
PLACED = re.compile(f"{OPEN}(\\d+){CLOSE}")


def question_html(text: str) -> str:
    """What a visitor typed, as it was typed: an HTML block, in which no Markdown is read."""
    return one_block(clean(f'<p class="fn-question">{escape(text).replace(chr(10), "<br>")}</p>'))


def answer_html(text: str, citations: Sequence[Citation], say: Say) -> str:
    """An answer's Markdown with its marks turned into footnotes that open a card, and the footnotes below."""
    known = {citation.n: citation for citation in citations}
    visible = INVISIBLE.sub("", text)
    placed = MARK.sub(lambda m: f"{OPEN}{m[1]}{CLOSE}" if int(m[1]) in known else "", visible)
    body = PLACED.sub(lambda m: _footnote(known[int(m[1])], say), _markdown().render(placed))
    return one_block(clean(f'<div class="fn-answer">{body}</div>{_footnotes(citations)}'))


def refusal_html(answer: Answer, heading: str, contact: str = "") -> str:
    """A refusal with the nearest articles, and below them ``contact_html``."""
    nearest = "".join(f"<li>{_link(near)}</li>" for near in answer.nearest)
    more = f'<p class="fn-hint">{escape(heading)}</p><ul>{nearest}</ul>{contact}' if nearest else ""
    return one_block(clean(f'<div class="fn-refusal"><p>{escape(answer.answer)}</p>{more}</div>'))


def contact_html(address: str, say: Say) -> str:
    """The way to a person, where there is one."""
    return f'<p><a target="_blank" href="{escape(address)}">{escape(say("contact"))}</a></p>' if address else ""


def badge_html(answer: Answer, say: Say) -> str:
    """Who wrote an answer, whether text left the owner's environment, what it cost, how long it took; and a copy."""
    writer = say("quoted") if answer.model.kind == "extractive" else say("written", name=answer.model.name)
    seconds = f"{answer.timings_ms.get('total', 0) / 1000:.2f} s"
    facts = [
        answer.note, writer if answer.answered else None, say("left" if answer.left_environment else "stayed"),
        say("cost", cost=f"${answer.cost_usd:.4f}" if answer.cost_usd else "$0"), seconds,
    ]  # fmt: skip
    copy = f'<button type="button" class="fn-copy">{escape(say("copy"))}</button>' if answer.answered else ""
    return clean(f'<div class="fn-badge">{escape(" · ".join(filter(None, facts)))}{copy}</div>')


def problem_html(message: str, remedy: str = "") -> str:
    """What went wrong, and what to do about it."""
    more = f'<p class="fn-hint">{escape(remedy)}</p>' if remedy else ""
    return one_block(clean(f'<div class="fn-refusal"><p>{escape(message)}</p>{more}</div>'))


def article_html(markdown: str, article_id: str, root: str = "") -> str:
    """An article's body; headings get ids, relative links to other articles lead to their pages below ``root``."""
    rendered = _article_markdown().render(markdown, {"article_id": article_id, "root": root})
    rendered = re.sub(r"<(h[2-6])>(.*?)</\1>", _anchored, rendered)
    return clean(rendered.replace("<h1>", "<h2>").replace("</h1>", "</h2>"))


def _footnote(citation: Citation, say: Say) -> str:
    section = citation.section.replace(" > ", " › ")
    link = escape(address(citation.article_id, citation.url, citation.quote))
    parts = [
        f'<span class="fn-card-title">{escape(citation.title)}</span>',
        f'<span class="fn-where">{escape(section)}</span>' if section else "",
        f'<span class="fn-quote">“{escape(plain(citation.quote))}”</span>',
        f'<span class="fn-date">{escape(say("updated", date=citation.updated))}</span>' if citation.updated else "",
        f'<a class="fn-read" target="_blank" href="{link}">{escape(say("read"))}</a>',
    ]
    before, _, after = escape(say("footnote", n="\0", title=citation.title)).partition("\0")
    number = f'<span class="fn-unseen">{before}</span>{citation.n}<span class="fn-unseen">{after}</span>'
    mark = f'<span class="fn-mark" tabindex="0" role="button">{number}</span>'
    return f'<span class="fn-foot">{mark}<span class="fn-card">{"".join(parts)}</span></span>'


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


def _anchored(found: re.Match[str]) -> str:
    anchor = "-".join(words(re.sub("<[^>]+>", "", found[2])))
    return f'<{found[1]} id="{escape(anchor)}">{found[2]}</{found[1]}>'


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
    """In ``nl/rag`` a link to ``../tokens.md`` leads to ``articles/tokens``."""
    for block in state.tokens:
        for token in block.children or []:
            href = str(token.attrGet("href") or "") if token.type == "link_open" else ""
            if found := re.fullmatch(r"([\w./-]+)\.md(#[\w-]*)?", href):
                target = posixpath.normpath(posixpath.join(posixpath.dirname(state.env["article_id"]), found[1]))
                token.attrSet("href", address(target, None, base=state.env["root"]) + (found[2] or ""))
