"""Sentences, items and rows know their exact place."""

from assistant.intent import intent_of
from assistant.units import Unit, units
from ingest.readers.markdown import blocks
from knowledge.article import Block
from knowledge.hit import Hit
from tests.assistant.hits import make_hit, make_page

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


TABLE = """The makers and years:

| Model | Maker | Year |
|:--|:-:|--:|
|  Llama  | **Meta** |2023|
| Mistral | [Mistral AI](https://mistral.example) | |
| broken | row |
"""


def table_rows(text: str = TABLE, **given: object) -> list[Unit]:
    return [unit for unit in units(make_page(text, **given)) if unit.kind == "row"]


def test_a_row_has_its_cells_each_quoted_from_its_place() -> None:
    shown = [[(cell.text, cell.evidence.quote) for cell in row.cells] for row in table_rows()]
    assert shown == [
        [("Llama", "Llama"), ("Meta", "**Meta**"), ("2023", "2023")],
        [("Mistral", "Mistral"), ("Mistral AI", "[Mistral AI](https://mistral.example)"), ("", "")],
    ]
    for row in table_rows():
        for cell in row.cells:
            assert TABLE[cell.evidence.start : cell.evidence.end] == cell.evidence.quote
            assert row.evidence.start < cell.evidence.start <= cell.evidence.end < row.evidence.end


def test_cells_that_say_the_same_are_quoted_from_their_own_places() -> None:
    text = "| a | b | c |\n|---|---|---|\n| yes | yes | yes |"
    (row,) = table_rows(text)
    assert [cell.evidence.start - text.rindex("\n") - 1 for cell in row.cells] == [2, 8, 14]


def test_a_table_without_pipes_at_its_edges_is_one_too() -> None:
    (row,) = table_rows("Model | Year\n--- | ---\nLlama | 2023\n")
    assert (row.columns, [cell.evidence.quote for cell in row.cells]) == (("Model", "Year"), ["Llama", "2023"])


def test_cells_keep_their_places_further_down_an_article() -> None:
    (row, *_) = units(make_page("| a | b |\n|---|---|\n| c | d |"))
    moved = make_hit("| a | b |\n|---|---|\n| c | d |", (Block("table", 100, 127),), start=100)
    (below, *_) = units(moved)
    assert [cell.evidence.start for cell in below.cells] == [cell.evidence.start + 100 for cell in row.cells]
    assert [cell.evidence.quote for cell in below.cells] == ["c", "d"]


def test_rows_know_their_columns_and_the_sentence_above_the_table() -> None:
    assert {(row.columns, row.lead) for row in table_rows()} == {(("Model", "Maker", "Year"), "The makers and years:")}


def test_a_lead_in_does_not_reach_past_the_table_below_it() -> None:
    items = [unit for unit in units(make_page(f"{TABLE}\n- an item\n")) if unit.kind == "item"]
    assert [item.lead for item in items] == [""]


def test_the_words_of_a_rows_heading_count_for_it() -> None:
    row = table_rows(title="Language models", section="History")[0]
    assert {"languag", "histori", "year", "llama"} <= row.headed_terms
    assert "languag" not in row.terms


def test_an_escaped_bar_is_text_and_no_border() -> None:
    page = make_page("| Sign | Means |\n|---|---|\n| a \\| b | either |\n")
    row = next(unit for unit in units(page) if unit.kind == "row")
    assert [cell.text for cell in row.cells] == ["a | b", "either"]
    assert [page.text[cell.evidence.start : cell.evidence.end] for cell in row.cells] == ["a \\| b", "either"]


def test_a_unit_opens_with_its_term_or_its_first_words() -> None:
    term, *_ = units(make_page("Open models — anyone may download the weights."))
    assert term.opening == {"open", "model"}
    words = [f"w{number}" for number in range(12)]
    (sentence,) = units(make_page(f"{' '.join(words)}."))
    assert sentence.opening == frozenset(words[:8])


def test_a_unit_offers_what_its_words_show_to_each_intent_by_itself() -> None:
    (unit,) = units(make_page("It was founded in 2021."))
    date, who = intent_of("When was it founded?"), intent_of("Who founded it?")
    assert date
    assert who
    for _ in range(2):
        assert (unit.offers(date), unit.offers(who)) == (True, False)
