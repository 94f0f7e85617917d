"""Safe HTML: the one sanitiser of our pages. Pure.

nh3 keeps an allow-list: no images, no styles, no forms; links only to http, https, mailto and our own pages.
"""

import re

import nh3

# What nobody sees: zero-width and direction marks, private use, interlinear and tag characters, runs of variation
# selectors, control characters. Joiners stay: some scripts need them.
INVISIBLE = re.compile(
    "[\x00-\x08\u200b\u200e\u200f\u2060-\u2064\u202a-\u202e\u2066-\u206f\ufeff\ue000-\uf8ff\ufff9-\ufffb"
    "\U000e0000-\U000e0fff\U000f0000-\U0010ffff]|[\ufe00-\ufe0f]{2,}"
)

TAGS = {
    "a", "blockquote", "br", "button", "cite", "code", "div", "em", "h2", "h3", "h4", "h5", "h6", "hr", "li", "mark",
    "ol", "p", "pre", "span", "strong", "sup", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
ATTRIBUTES = {
    "a": {"href", "class", "target"},
    "span": {"class", "tabindex", "role"},
    "button": {"class", "type"}, "div": {"class"}, "ol": {"class", "start"}, "li": {"class"}, "p": {"class"},
    "mark": {"class"}, "h2": {"id"}, "h3": {"id"}, "h4": {"id"}, "h5": {"id"}, "h6": {"id"},
}  # fmt: skip


def clean(html: str) -> str:
    """``html`` with nothing but what the lists above name."""
    return nh3.clean(
        INVISIBLE.sub("", html), tags=TAGS, attributes=ATTRIBUTES, url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer nofollow",
    )  # fmt: skip


def one_block(html: str) -> str:
    """On one line, so that a page that takes it for Markdown finds a single HTML block."""
    return html.replace("\n", " ")
