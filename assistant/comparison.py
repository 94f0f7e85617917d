"""Comparisons: two things side by side, as a small table with a footnote under every cell.

The articles' own table is taken where one has both things as rows or columns; else each thing's best statement, and a
cell that says so where the articles have none.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from assistant.cover import Weights
from assistant.phrases import phrase
from assistant.piece import Piece
from assistant.question import Question
from assistant.rated import Rated
from assistant.tables import table
from assistant.units import Unit
from knowledge.reading import Reading
from knowledge.terms import terms

Translate = Callable[[Sequence[Reading]], Sequence[Reading]]

PAIRS = (
    re.compile(
        r"\b(?:differences?|comparison|verschil(?:len)?) (?:between|tussen) (.+?) (?:and|en|&) (.+)", re.IGNORECASE
    ),
    re.compile(r"\b(?:compare|vergelijk) (.+?) (?:and|with|to|en|met) (.+)", re.IGNORECASE),
    re.compile(
        r"\b(?:how|hoe) (?:do|does|verschillen) (.+?) (?:and|en) (.+?) (?:compare|differ|van elkaar)\b", re.IGNORECASE
    ),
    re.compile(r"\bhow (?:do|does) (.+?) (?:compare (?:to|with)|differ from) (.+)", re.IGNORECASE),
    re.compile(r"\bwhat (?:separates|distinguishes|sets) (.+?) (?:from|apart from) (.+)", re.IGNORECASE),
    re.compile(r"^(.+?) (?:and|or) (.+?)[,:] (?:how (?:do|does)|what)\b.*\bdiffer\w*", re.IGNORECASE),
    re.compile(r"^(.+?) (?:en|of) (.+?)[,:] (?:hoe|wat)\b.*\bverschil\w*", re.IGNORECASE),
    re.compile(r"^(.+?) (?:vs\.?|versus|compared (?:to|with)|vergeleken met) (.+)", re.IGNORECASE),
)
# The same by the word for "or" of a language; the Dutch one also means "whether", and is one only between two names.
OR = {
    "en": (
        re.compile(
            r"\b(?:need|use|choose|pick|want) (.+?) or (?:(?:is|are|do|would) )?(.+?)(?: (?:enough|instead)\b|[?!]|$)",
            re.IGNORECASE,
        ),
        re.compile(r"^([\w .-]{2,30}?) or ([\w .-]{2,30}?)\W*$", re.IGNORECASE),
    ),
    "nl": (re.compile(r"^([\w.-]{2,30}) of ([\w.-]{2,30})\W*$", re.IGNORECASE),),
}
# Words around the two things that are not their names.
AROUND = re.compile(
    r"^(?:what|which|how|is|are|was|wat|welke?|hoe|zijn|the|a|an|de|het|een|do|does|should|i|we|ik|je|use|choose|pick|better)(?:'s)?(?:[\s,:]+|$)",
    re.IGNORECASE,
)
AFTER = re.compile(
    r"\s*(?:[?!:;,(]|\.(?!\w)|(?<!-)\b(?:on|for|in|with|when|what|which|qua|voor|bij)\b).*$", re.IGNORECASE | re.DOTALL
)


def things(question: str, language: str = "en") -> tuple[str, str] | None:
    """The two things a question compares, as it names them; None when it compares none."""
    for pattern in (*PAIRS, *OR.get(language, ())):
        if found := pattern.search(question.strip()):
            one, other = _bare(found[1]), _bare(AFTER.sub("", found[2]))
            if one and other and len(one.split()) <= 6 and len(other.split()) <= 6:
                return one, other
    return None


def compared(question: Question, rated: Sequence[Rated], weights: Weights, translate: Translate) -> Iterator[Piece]:
    """A table of both; nothing when the question compares nothing, or the articles say nothing of either.

    ``translate`` gives a text's readings in the languages of the articles, as ``Searcher.translated`` does.
    """
    pair = things(question.text, question.language)
    if pair is None or not rated:
        return
    language = rated[0].unit.hit.language
    named = [_terms_in(language, translate([Reading(thing, question.language)])) for thing in pair]
    if not all(named):
        return
    yield from _own_table(rated, named, weights) or _side_by_side(question, pair, named, rated)


def _terms_in(language: str, readings: Sequence[Reading]) -> frozenset[str]:
    """The terms of what is read in the articles' language, else of the thing as it was written."""
    read = next((one for one in readings if one.language == language), readings[0])
    return frozenset(terms(read.text, read.language))


def _bare(thing: str) -> str:
    """A thing without question words and articles in front."""
    while (shorter := AROUND.sub("", thing, count=1)) != thing:
        thing = shorter
    return thing.strip(" '\"“”‘’")


def _own_table(rated: Sequence[Rated], named: Sequence[frozenset[str]], weights: Weights) -> list[Piece]:
    """The articles' table whose rows, or columns, are named after both things; of several the one that fits best."""
    rows = [one.unit for one in rated if one.unit.kind == "row"]
    tables = [list(group) for _, group in groupby(rows, key=lambda unit: (unit.hit.article_id, unit.block))]
    ranked = sorted(tables, key=lambda rows: -weights.cover({term for row in rows for term in row.headed_terms}))
    return next((table(fitting) for rows in ranked if (fitting := _fitting(rows, named))), [])


def _fitting(rows: Sequence[Unit], named: Sequence[frozenset[str]]) -> list[Unit]:
    """The rows of both things; all rows where columns are named after them; none else."""
    own = [row for name in named if (row := _row_of(rows, name))]
    if len({row.evidence.start for row in own}) == len(named):
        return own
    columns = [_column_of(rows[0], name) for name in named]
    return list(rows) if None not in columns and len(set(columns)) == len(named) else []


def _column_of(row: Unit, name: frozenset[str]) -> int | None:
    """The column that is named so; what its head lacks of the name ("open and closed *models*") may stand above it."""
    heads = [frozenset(terms(head, row.hit.language)) for head in row.columns]
    at = max(range(len(heads)), key=lambda at: len(name & heads[at]))
    above = frozenset(terms(row.heading, row.hit.language))
    return at if name & heads[at] and name <= heads[at] | above else None


def _row_of(table: Sequence[Unit], name: frozenset[str]) -> Unit | None:
    """The row that is named so: all words of its first cell are the thing's, else the other way round."""
    within = (row for row in table if _first_words(row) and _first_words(row) <= name)
    return next(within, None) or next((row for row in table if name <= _first_words(row)), None)


def _first_words(row: Unit) -> frozenset[str]:
    return frozenset(terms(row.cells[0].text, row.hit.language))


def _side_by_side(
    question: Question, pair: tuple[str, str], named: Sequence[frozenset[str]], rated: Sequence[Rated]
) -> list[Piece]:
    """A column for each thing, with what fits it best and does not also speak of the other; at least one must fit."""
    cells = [_best(rated, own, other) for own, other in (named, named[::-1])]
    if not any(cells):
        return []
    none = Piece("lead", phrase("not_covered", question.language))
    head = Piece("head", "", cells=tuple(Piece("lead", thing[:1].upper() + thing[1:]) for thing in pair))
    filled = tuple(_statement(unit) if unit else none for unit in cells)
    both = [one.unit for one in rated if named[0] | named[1] <= one.unit.terms and one.unit.kind == "sentence"][:1]
    return [*(_statement(unit) for unit in both), head, Piece("row", "", cells=filled)]


def _best(rated: Sequence[Rated], own: frozenset[str], other: frozenset[str]) -> Unit | None:
    """The unit that begins with the thing, else has it; best first, questions and lead-ins aside."""
    fitting = [
        one for one in rated
        if own <= one.unit.terms and not (other - own) & one.unit.terms and not one.unit.text.endswith(("?", ":"))
    ]  # fmt: skip
    begins = [
        one for one in fitting if own <= frozenset(terms(" ".join(one.unit.text.split()[:8]), one.unit.hit.language))
    ]
    found = max(begins or fitting, key=lambda one: one.score, default=None)
    return found.unit if found else None


def _statement(unit: Unit) -> Piece:
    return Piece("sentence", unit.text, (unit.evidence,))
