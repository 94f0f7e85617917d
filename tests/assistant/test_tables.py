"""Rows of an article's table as pieces: a head, and a footnote under every cell."""

from assistant.tables import MOST_CELLS, MOST_ROWS, table
from assistant.units import Unit, units
from tests.assistant.hits import make_page

TABLE = """| Model | Maker | **Year** |
|---|---|---|
| Llama | Meta | 2023 |
| Mistral | [Mistral AI](https://mistral.example) | 2024 |
"""


def rows(text: str = TABLE) -> list[Unit]:
    return [unit for unit in units(make_page(text)) if unit.kind == "row"]


def wide(lines: int, columns: int) -> str:
    every = [[f"c{line}x{column}" for column in range(columns)] for line in range(lines + 1)]
    head, *others = ["| " + " | ".join(line) + " |" for line in every]
    return "\n".join([head, "|---" * columns + "|", *others])


def test_the_head_names_the_columns_and_cites_nothing() -> None:
    head = table(rows())[0]
    assert head.kind == "head"
    assert [(cell.kind, cell.text, cell.evidence) for cell in head.cells] == [
        ("lead", "Model", ()), ("lead", "Maker", ()), ("lead", "Year", ()),
    ]  # fmt: skip


def test_every_cell_has_evidence_that_is_the_cell() -> None:
    for row in table(rows())[1:]:
        assert row.kind == "row"
        for cell in row.cells:
            (evidence,) = cell.evidence
            assert evidence.quote == TABLE[evidence.start : evidence.end]
            assert cell.text in evidence.quote
    quotes = [[cell.evidence[0].quote for cell in row.cells[1:]] for row in table(rows())[1:]]
    assert quotes == [["Meta", "2023"], ["[Mistral AI](https://mistral.example)", "2024"]]


def test_only_the_rows_given_are_shown() -> None:
    assert [row.cells[0].text for row in table(rows()[1:])[1:]] == ["Mistral"]


def test_a_table_is_cut_to_what_is_readable() -> None:
    head, *others = table(rows(wide(MOST_ROWS + 3, MOST_CELLS + 2)))
    assert len(head.cells) == MOST_CELLS
    assert [len(row.cells) for row in others] == [MOST_CELLS] * MOST_ROWS
    assert others[-1].cells[-1].text == f"c{MOST_ROWS}x{MOST_CELLS - 1}"
