"""Markdown becomes blocks that keep the source's characters."""

from hypothesis import given
from hypothesis import strategies as st

from ingest.readers.markdown import blocks

Told = list[tuple[str, str, tuple[str, ...]]]


def told(text: str) -> Told:
    return [(block.kind, text[block.start : block.end], block.path) for block in blocks(text)]


def shapes(text: str) -> list[tuple[str, str]]:
    return [(kind, stretch) for kind, stretch, _ in told(text)]


def test_headings_give_the_path_of_what_is_below_them() -> None:
    text = "Intro.\n\n# Bread\n\n## Dough\n\nMix.\n\n### Rest\n\nWait.\n\n## Oven\n\nBake."
    assert [(stretch, path) for kind, stretch, path in told(text) if kind == "paragraph"] == [
        ("Intro.", ()),
        ("Mix.", ("Bread", "Dough")),
        ("Wait.", ("Bread", "Dough", "Rest")),
        ("Bake.", ("Bread", "Oven")),
    ]


def test_a_skipped_level_is_no_gap_in_the_path() -> None:
    assert told("# A\n\n#### B\n\nText.\n\n## C\n\nMore.")[-1] == ("paragraph", "More.", ("A", "C"))


def test_an_underlined_heading_is_a_heading_on_one_line() -> None:
    assert told("Long\nloaf\n====\n\nText.")[-1] == ("paragraph", "Text.", ("Long loaf",))


def test_items_of_nested_lists_are_apart() -> None:
    assert shapes("- flour\n  - rye\n  - wheat\n- water\n") == [
        ("item", "- flour"),
        ("item", "- rye"),
        ("item", "- wheat"),
        ("item", "- water"),
    ]


def test_numbered_items_keep_their_numbers_and_their_paragraphs() -> None:
    assert shapes("1. Mix.\n\n   Then knead.\n\n2. Bake.") == [
        ("item", "1. Mix.\n\n   Then knead."),
        ("item", "2. Bake."),
    ]


def test_what_follows_a_nested_list_in_an_item_is_kept() -> None:
    text = "1. Mix:\n   - rye\n   - salt\n\n   Then wait an hour.\n2. Bake."
    assert ("paragraph", "Then wait an hour.") in shapes(text)


def test_a_list_in_a_quotation_has_items() -> None:
    assert [kind for kind, _ in shapes("> Said:\n>\n> - one\n> - two")] == ["quote", "item", "item"]


def test_a_table_is_one_block() -> None:
    table = "| grain | water |\n|---|---|\n| rye | 80 % |\n| wheat | 65 % |"
    assert shapes(f"Before.\n\n{table}\n\nAfter.") == [
        ("paragraph", "Before."),
        ("table", table),
        ("paragraph", "After."),
    ]


def test_code_is_one_block_and_a_heading_sign_in_it_is_none() -> None:
    code = "```sh\n# not a heading\n\nbake --hot\n```"
    assert told(f"## Run\n\n{code}\n\nDone.")[1:] == [("code", code, ("Run",)), ("paragraph", "Done.", ("Run",))]


def test_quotations_are_quotes_paragraph_by_paragraph() -> None:
    assert shapes("> First.\n> Still.\n>\n> Second.") == [("quote", "> First.\n> Still."), ("quote", "> Second.")]


def test_a_heading_inside_a_quotation_or_an_item_is_above_nothing() -> None:
    assert told("> # Quoted\n> text\n\n- ## Item\n\nAfter.")[-1] == ("paragraph", "After.", ())


def test_words_in_other_alphabets_do_not_shift_the_offsets() -> None:
    assert shapes("Één 🎉 brød.\n\n- zürn\n- 面包") == [
        ("paragraph", "Één 🎉 brød."),
        ("item", "- zürn"),
        ("item", "- 面包"),
    ]


def test_a_text_without_blocks_has_none() -> None:
    assert blocks("") == blocks("\n\n") == blocks("[ref]: https://example.org") == []


@given(st.text(alphabet="ab #>-*+`|~\n\t1.)_[]<!=é", max_size=200))
def test_any_text_gives_blocks_in_order_that_do_not_overlap(text: str) -> None:
    end = 0
    for block in blocks(text):
        assert end <= block.start < block.end <= len(text)
        assert text[block.start : block.end] == text[block.start : block.end].strip()
        end = block.end
