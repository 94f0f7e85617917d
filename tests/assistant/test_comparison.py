"""Two things side by side: what a question compares, and the table that answers it."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from assistant.comparison import compared, things
from assistant.cover import Weights
from assistant.piece import Piece
from assistant.question import Question
from assistant.rated import rated_units
from knowledge.glossary import Glossaries
from knowledge.hit import Hit
from knowledge.reading import Reading
from knowledge.terms import terms
from tests.assistant.hits import make_page

BY_ROWS = """| Animal | Food | Noise |
|---|---|---|
| Cats | fish | purr |
| Birds | seed | song |
| Dogs | meat | bark |
"""
BY_COLUMNS = """| Trait | Cats | Dogs |
|---|---|---|
| Food | fish | meat |
| Noise | purr | bark |
"""
ASKED = "What is the difference between cats and dogs?"


def pieces(*hits: Hit, asked: str = ASKED, language: str = "en", about: Weights | None = None) -> list[Piece]:
    weights = about or Weights(dict.fromkeys(terms(asked, language), 0.1))
    return list(compared(Question(asked, language), rated_units(hits, weights, None), weights, translate))


def translate(readings: Sequence[Reading]) -> list[Reading]:
    """As a searcher over English articles does."""
    bundled = Glossaries(Path("no folder"))
    return [*readings, *(made for one in readings for made in bundled.translations(one, ["en"]))]


def told(found: list[Piece]) -> list[list[str]]:
    return [[cell.text for cell in piece.cells] for piece in found]


def test_a_dutch_question_is_answered_by_an_english_table() -> None:
    found = told(pieces(make_page(BY_ROWS), asked="Wat is het verschil tussen katten en honden?", language="nl"))
    assert [row[0] for row in found] == ["Animal", "Cats", "Dogs"]


def test_the_dutch_or_is_no_word_of_english() -> None:
    assert things("katten of honden, wat is het verschil?") == ("katten", "honden")
    assert things("In terms of privacy, how do they differ?") is None


@pytest.mark.parametrize(
    "question",
    [
        "What is the difference between cats and dogs?",
        "What separates cats from dogs?",
        "Cats or dogs: how do they differ?",
        "cats en dogs, wat is het verschil?",
        "what's the difference between cats and dogs",
        "What are the differences between the cats and the dogs?",
        "difference between cats & dogs",
        "Give me a comparison between cats and dogs on price",
        "Compare cats and dogs",
        "compare cats with dogs for families.",
        "Compare cats to dogs!",
        "How do cats and dogs differ?",
        "How do cats and dogs compare?",
        "cats vs dogs",
        "Cats vs. dogs",
        "cats versus dogs",
        "Should I choose cats versus dogs?",
        "cats compared to dogs",
        "cats compared with dogs in winter",
        "difference between 'cats' and “dogs”",
        "  cats vs dogs  ",
    ],
)
def test_english_questions_that_compare(question: str) -> None:
    found = things(question)
    assert found
    assert [thing.lower() for thing in found] == ["cats", "dogs"]


@pytest.mark.parametrize(
    "question",
    [
        "Wat is het verschil tussen katten en honden?",
        "Wat zijn de verschillen tussen de katten en de honden?",
        "Vergelijk katten met honden",
        "vergelijk katten en honden voor kinderen",
        "Hoe verschillen katten en honden van elkaar?",
        "katten versus honden",
        "katten vergeleken met honden",
    ],
)
def test_dutch_questions_that_compare(question: str) -> None:
    assert things(question) == ("katten", "honden")


@pytest.mark.parametrize(
    ("question", "pair"),
    [
        ("Difference between open source and closed source models?", ("open source", "closed source models")),
        ("difference between retrieval-augmented generation and fine-tuning", ("retrieval-augmented generation",
                                                                               "fine-tuning")),
        ("GPT-3 vs GPT-4", ("GPT-3", "GPT-4")),
    ],
)  # fmt: skip
def test_things_of_several_words_and_figures_are_kept_whole(question: str, pair: tuple[str, str]) -> None:
    assert things(question) == pair


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("cats or dogs?", "en"),
        ("Do I need cats or are dogs enough?", "en"),
        ("should we choose cats or dogs", "en"),
        ("cats of dogs?", "nl"),
    ],
)
def test_an_or_between_two_things_compares_them(question: str, language: str) -> None:
    assert things(question, language) == ("cats", "dogs")


def test_the_word_for_or_is_that_of_the_language() -> None:
    assert things("food of cats?", "en") is None
    assert things("use the food of cats", "en") is None
    assert things("eten or katten?", "nl") is None
    assert things("weet ik of dat mag?", "nl") is None


@pytest.mark.parametrize(
    "question",
    [
        "What are cats?",
        "cats and dogs",
        "What do cats and dogs eat?",
        "difference between cats",
        "What makes a difference?",
        "compare the prices",
        "vs",
        "difference between the and the",
        "Compare what I told you about everything late last week in Rome and dogs",
        "",
    ],
)
def test_a_question_may_compare_nothing(question: str) -> None:
    assert things(question) is None


def test_what_compares_nothing_gets_no_table() -> None:
    assert pieces(make_page(BY_ROWS), asked="What do cats and dogs eat?") == []


def test_the_articles_own_rows_of_both_are_taken_in_the_questions_order() -> None:
    assert told(pieces(make_page(BY_ROWS), asked="dogs vs cats")) == [
        ["Animal", "Food", "Noise"],
        ["Dogs", "meat", "bark"],
        ["Cats", "fish", "purr"],
    ]


def test_the_articles_own_columns_of_both_are_taken_with_all_rows() -> None:
    assert told(pieces(make_page(BY_COLUMNS))) == [
        ["Trait", "Cats", "Dogs"],
        ["Food", "fish", "meat"],
        ["Noise", "purr", "bark"],
    ]


def test_a_word_that_both_share_may_stand_above_the_table_instead_of_in_its_head() -> None:
    about_pets = make_page(BY_COLUMNS, title="House pets compared")
    asked = "What is the difference between cats and {} dogs?"
    assert told(pieces(about_pets, asked=asked.format("house")))[:1] == [["Trait", "Cats", "Dogs"]]
    assert told(pieces(about_pets, asked=asked.format("wild")))[:1] != [["Trait", "Cats", "Dogs"]]


def test_one_column_cannot_be_both_things() -> None:
    page = make_page("| Trait | Cats and dogs |\n|---|---|\n| Food | meat |\n| Noise | loud |\n")
    assert told(pieces(page))[:1] != [["Trait", "Cats and dogs"]]


def test_a_row_named_exactly_so_comes_before_one_that_has_the_name() -> None:
    text = BY_ROWS.replace("| Birds |", "| Wild cats |").replace("| Cats | fish |", "| Cats | milk |")
    wild_first = "\n".join(sorted(text.splitlines(), key=lambda line: line.startswith("| Cats")))
    assert ["Cats", "milk", "purr"] in told(pieces(make_page(wild_first)))


def test_one_row_cannot_be_both_things() -> None:
    page = make_page("| Animal | Food |\n|---|---|\n| Cats and dogs | meat |\n")
    assert [piece.kind for piece in pieces(page)] != ["head", "row", "row"]


def test_of_several_tables_the_one_that_fits_the_question_best_is_taken() -> None:
    price = make_page(BY_ROWS.replace("Noise", "Price").replace("bark", "100").replace("purr", "50"), article_id="b")
    about = Weights({"cat": 0.3, "dog": 0.3, "price": 0.4})
    asked = "difference between cats and dogs on price"
    for hits in ((make_page(BY_ROWS), price), (price, make_page(BY_ROWS))):
        assert told(pieces(*hits, asked=asked, about=about))[0] == ["Animal", "Food", "Price"]


def test_a_table_of_one_of_them_only_is_passed_over_for_one_of_both() -> None:
    one = make_page("| Animal | Legs | Tail |\n|---|---|---|\n| Cats | four | long |\n", article_id="b")
    assert told(pieces(one, make_page(BY_ROWS)))[0] == ["Animal", "Food", "Noise"]


def test_cells_are_quoted_from_their_own_place() -> None:
    for piece in pieces(make_page(BY_ROWS))[1:]:
        for cell in piece.cells[1:]:
            (evidence,) = cell.evidence
            assert (cell.text, evidence.quote) == (BY_ROWS[evidence.start : evidence.end], cell.text)


def test_without_a_table_each_things_best_statement_stands_beside_the_others() -> None:
    text = "Cats sleep all day. Some say that they are like cats. Dogs guard the house."
    head, row = pieces(make_page(text))
    assert told([head, row]) == [["Cats", "Dogs"], ["Cats sleep all day.", "Dogs guard the house."]]
    assert [cell.evidence[0].quote for cell in row.cells] == ["Cats sleep all day.", "Dogs guard the house."]


def test_a_statement_that_begins_with_the_thing_comes_before_one_that_fits_better() -> None:
    text = "There is nothing else that would make any difference to cats. Cats sleep all day. Dogs guard the house."
    assert told(pieces(make_page(text)))[-1] == ["Cats sleep all day.", "Dogs guard the house."]


def test_a_statement_about_both_comes_first_and_is_no_cell() -> None:
    text = "Cats and dogs are pets. Cats sleep all day. Dogs guard the house."
    both, _, row = pieces(make_page(text))
    assert (both.kind, both.text, both.evidence[0].quote) == ("sentence", *["Cats and dogs are pets."] * 2)
    assert told([row]) == [["Cats sleep all day.", "Dogs guard the house."]]


def test_questions_and_lead_ins_are_no_statements() -> None:
    text = "Cats, why? Cats have these habits:\n\n- they sleep\n\nDogs guard the house. We keep some cats."
    assert told(pieces(make_page(text)))[-1] == ["We keep some cats.", "Dogs guard the house."]


@pytest.mark.parametrize(
    ("asked", "language", "none"),
    [
        (ASKED, "en", "not covered by the articles"),
        ("Wat is het verschil tussen cats en dogs?", "nl", "niet in de artikelen"),
    ],
)
def test_a_thing_that_the_articles_do_not_have_is_said_to_be_missing(asked: str, language: str, none: str) -> None:
    head, row = pieces(make_page("Dogs guard the house.", language=language), asked=asked, language=language)
    assert told([head]) == [["Cats", "Dogs"]]
    missing, there = row.cells
    assert (missing.kind, missing.text, missing.evidence) == ("lead", none, ())
    assert there.evidence[0].quote == "Dogs guard the house."


def test_there_is_nothing_where_neither_is_covered() -> None:
    assert pieces(make_page("Birds sing.")) == []
    assert pieces() == []
