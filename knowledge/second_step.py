"""Two-step questions: "What year was the company behind Claude founded?", where two articles hold a half each.

The first search finds the passage about Claude, which names Anthropic; the article of that name has the year. So a
passage whose article's title stands in one of the best passages is lifted by what it adds: the share of the question's
words (weighted by rarity) that it has and the naming passage lacks. A passage that adds nothing is not lifted, so
one-step questions stay as they are (measured: benchmarks/README.md, "Ranking").
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache

from knowledge.candidate import Candidate

# How many of the best passages may name another article.
NAMING = 3
SHORTEST_TITLE = 4

Texts = Callable[[Sequence[Candidate]], list[str]]
TermsOf = Callable[[Candidate, str], frozenset[str]]


def lifts(ranked: Sequence[Candidate], weights: Mapping[str, float], texts: Texts, terms: TermsOf) -> dict[str, float]:
    """``chunk_id`` to a bonus in (0, 1].

    ``ranked`` is best first; ``weights`` are the question's terms, summing to 1; ``texts`` reads the candidates' texts.
    """
    naming = ranked[:NAMING]
    said = texts(naming)
    named = {article: tuple(_naming(one, naming, said)) for article, one in {c.article_id: c for c in ranked}.items()}
    pairs = [(one, at) for one in ranked for at in named[one.article_id]]
    if not pairs:
        return {}
    there = [terms(source, text) for source, text in zip(naming, said, strict=True)]
    found: dict[str, float] = {}
    for (one, at), text in zip(pairs, texts([one for one, _ in pairs]), strict=True):
        added = terms(one, text) - there[at]
        gain = sum(weight for term, weight in weights.items() if term in added)
        found[one.chunk_id] = max(gain, found.get(one.chunk_id, 0.0))
    return {chunk: gain for chunk, gain in found.items() if gain > 0}


def _naming(named: Candidate, naming: Sequence[Candidate], said: Sequence[str]) -> Iterator[int]:
    """Which passages name the article of ``named``, other than its own; none for the best passage's article."""
    name = _name(named.title)
    if len(name) < SHORTEST_TITLE or not name[0].isupper() or named.article_id == naming[0].article_id:
        return
    for at, (source, text) in enumerate(zip(naming, said, strict=True)):
        if source.article_id != named.article_id and name in text and _names(text, name):
            yield at


def _names(text: str, name: str) -> bool:
    """Does ``name`` stand in ``text`` as a name? A single word that only begins sentences is none."""
    pattern = rf"\b{re.escape(name)}\b" if " " in name else rf"(?<=[^\s.:!?*#|])\s+{re.escape(name)}\b"
    return bool(re.search(pattern, text))


@lru_cache(maxsize=4096)
def _name(title: str) -> str:
    """A title without what explains it: "Nice (programme)", "Anthropic: safety first"."""
    return re.split(r"\s*[(:|]|\s[—–-]\s", title, maxsplit=1)[0].strip()
