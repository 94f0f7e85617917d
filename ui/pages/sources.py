"""The panel of sources and the steps of a search as HTML. Pure; everything is escaped, then sanitised last."""

import re
from collections.abc import Iterable, Sequence
from html import escape
from itertools import groupby

from assistant.answer import Answer, Citation
from knowledge.hit import Hit
from knowledge.plain import plain
from knowledge.terms import terms, words
from ui.addresses import address
from ui.pages.safe import clean, one_block
from ui.pages.words import Say

# Words of a passage that its link leads to.
LED_TO = 8


def sources_html(hits: Iterable[Hit], question: str, say: Say, citations: Sequence[Citation] = ()) -> str:
    """What the search found, best first; the cited sentences and the question's words are marked."""
    return clean("".join(_card(rank, hit, question, say, citations) for rank, hit in enumerate(hits, 1)))


def cited_html(citations: Sequence[Citation]) -> str:
    """The cited passages alone, each article once, for a conversation of which nothing else was kept."""
    articles: dict[str, list[Citation]] = {}
    for one in citations:
        articles.setdefault(one.article_id, []).append(one)
    return clean("".join(map(_quotes, articles.values())))


def steps_html(hits: Sequence[Hit], answer: Answer | None, say: Say) -> str:
    """What was looked for, what was found with the score of each stage, and how sure that makes us."""
    rows = "".join(f"<li>{escape(hit.title)} <span>{escape(_stages(hit))}</span></li>" for hit in hits)
    sure = say("sure_of", confidence=f"{answer.confidence:.2f}") if answer else ""
    read = f"{say('readings')}: {answer.standalone_question}" if answer else ""
    lines = "".join(f"<p>{escape(line)}</p>" for line in (read, sure) if line)
    return one_block(clean(f'<div class="fn-steps">{lines}<ol>{rows}</ol></div>'))


def hint(text: str) -> str:
    """A line in a soft colour."""
    return f'<p class="fn-hint">{escape(text)}</p>'


def _card(rank: int, hit: Hit, question: str, say: Say, citations: Sequence[Citation]) -> str:
    cited = [one for one in citations if one.article_id == hit.article_id and hit.start <= one.start < hit.end]
    numbers = ", ".join(str(one.n) for one in cited)
    chip = f'<span class="fn-cited">{escape(say("cited_as", numbers=numbers))}</span>' if cited else ""
    href = address(hit.article_id, hit.url, " ".join(plain(hit.text).split()[:LED_TO]))
    score = f'<span class="fn-score"><span class="fn-unseen">{escape(say("score"))} </span>{hit.score:.2f}</span>'
    passage = _passage(hit, cited, set(terms(question, hit.language)))
    return (
        f'<div class="fn-source">{_head(str(rank), hit.title, href, score)}{_section(hit.section)}{chip}'
        f'<p class="{"fn-passage fn-whole" if cited else "fn-passage"}">{passage}</p></div>'
    )


def _quotes(cited: Sequence[Citation]) -> str:
    """What of one article is cited, under the heading of each section."""
    first = cited[0]
    lines = [_head("", first.title, address(first.article_id, first.url, first.quote), "")]
    for section, quoted in groupby(cited, key=lambda one: one.section):
        numbered = (f'<span class="fn-rank">{one.n}</span> {escape(plain(one.quote))}' for one in quoted)
        lines += [_section(section), *(f'<p class="fn-passage">{quote}</p>' for quote in numbered)]
    return f'<div class="fn-source">{"".join(lines)}</div>'


def _head(rank: str, title: str, href: str, score: str) -> str:
    link = f'<a class="fn-title" target="_blank" href="{escape(href)}">{escape(title)}</a>'
    number = f'<span class="fn-rank">{rank}</span>' if rank else ""
    return f'<div class="fn-head">{number}{link}{score}</div>'


def _section(section: str) -> str:
    return f'<div class="fn-section">{escape(section.replace(" > ", " › "))}</div>' if section else ""


def _stages(hit: Hit) -> str:
    stages = ", ".join(f"{name} {value:.2f}" for name, value in hit.stages.items())
    return f"{hit.score:.2f} ({stages})" if stages else f"{hit.score:.2f}"


def _passage(hit: Hit, cited: Sequence[Citation], wanted: set[str]) -> str:
    """The passage as a reader sees it, what is cited in ``<mark class="fn-quoted">``."""
    shown: list[str] = []
    at = 0
    for one in sorted(cited, key=lambda citation: citation.start):
        start, end = one.start - hit.start, min(one.end, hit.end) - hit.start
        if start >= at:
            quoted = escape(plain(hit.text[start:end]))
            shown += [
                _marked(plain(hit.text[at:start]), wanted, hit.language),
                f'<mark class="fn-quoted">{quoted}</mark>',
            ]
            at = end
    shown.append(_marked(plain(hit.text[at:]), wanted, hit.language))
    return " ".join(filter(None, shown))


def _marked(text: str, wanted: set[str], language: str) -> str:
    """``text`` escaped, with the words whose stem is wanted in ``<mark>``."""

    def part(found: re.Match[str]) -> str:
        hit = words(found[0]) and set(terms(found[0], language)) & wanted
        return f"<mark>{escape(found[0])}</mark>" if hit else escape(found[0])

    return re.sub(r"\w+|[^\w]+", part, text)
