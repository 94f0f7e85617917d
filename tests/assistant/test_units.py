"""Sentences, items and rows know their exact place."""

from assistant.units import units
from ingest.readers.markdown import blocks
from knowledge.hit import Hit
from tests.assistant.hits import make_hit

ARTICLE = """Open models have advantages. They cost nothing per call, e.g. at night.

Reasons to choose one:

- Privacy — data stays **here**
- Freedom — no [lock-in](lock-in.md)

1. First step
2. Second step

| Model | Maker | Year |
|---|---|---|
| Llama | Meta | 2023 |
"""


def hit() -> Hit:
    return make_hit(ARTICLE, tuple(blocks(ARTICLE)), section="Open")


def test_every_unit_is_quoted_from_its_place() -> None:
    for unit in units(hit()):
        evidence = unit.evidence
        assert evidence.quote == ARTICLE[evidence.start : evidence.end]
        assert evidence.quote.strip() == evidence.quote


def test_sentences_are_cut_at_their_ends_and_not_at_abbreviations() -> None:
    shown = [unit.text for unit in units(hit()) if unit.kind == "sentence"]
    assert shown[:2] == ["Open models have advantages.", "They cost nothing per call, e.g. at night."]


def test_items_come_without_their_mark_and_with_their_lead_in() -> None:
    items = [unit for unit in units(hit()) if unit.kind == "item" and not unit.numbered]
    assert [(unit.text, unit.lead) for unit in items] == [
        ("Privacy — data stays here", "Reasons to choose one:"),
        ("Freedom — no lock-in", "Reasons to choose one:"),
    ]
    assert items[1].evidence.quote == "Freedom — no [lock-in](lock-in.md)"


def test_numbered_items_are_known_as_such() -> None:
    assert [unit.text for unit in units(hit()) if unit.numbered] == ["First step", "Second step"]


def test_a_table_row_is_read_with_the_names_of_its_columns() -> None:
    rows = [unit for unit in units(hit()) if unit.kind == "row"]
    assert [unit.text for unit in rows] == ["Llama: Maker: Meta; Year: 2023"]
    assert rows[0].evidence.quote == "| Llama | Meta | 2023 |"
