"""A term that stands nowhere is read as the nearest one that does."""

from collections.abc import Callable

import pytest

from knowledge import fulltext
from knowledge.catalogue import Catalogue
from knowledge.spelling import corrected, surely
from tests.knowledge.made import make_article, write

# Language "xx" has no stemmer: terms are the words themselves.
TEXTS = ("fine tuning retrieval hallucination", "prompt stable cat", "table tables stables stable catstables")

Read = Callable[..., list[str]]


@pytest.fixture
def read(catalogue: Catalogue, generation: int) -> Read:
    """``read("word", ...)``: the words as they are searched."""
    write(catalogue, generation, make_article(language="xx"), *TEXTS)

    def run(*wanted: str) -> list[str]:
        with catalogue.engine.connect() as connection:
            known = fulltext.document_counts(connection, wanted)
            return corrected(connection, [[word] for word in wanted], known, catalogue.vocabulary)

    return run


def test_a_stem_that_stands_nowhere_is_no_typo_where_another_of_its_word_is_there(
    catalogue: Catalogue, generation: int
) -> None:
    write(catalogue, generation, make_article(language="xx"), *TEXTS)
    with catalogue.engine.connect() as connection:
        stems = [["tables", "stables"], ["tuning", "tunings"], ["promt", "promte"]]
        known = fulltext.document_counts(connection, [stem for found in stems for stem in found])
        assert corrected(connection, stems, known, catalogue.vocabulary) == ["tables", "tuning", "prompt", "stables"]


def test_a_short_word_that_lacks_no_letter_may_be_another_word() -> None:
    known = ["point", "prompt", "hallucination"]
    assert surely("print", known) is None
    assert (surely("promt", known), surely("halucinatoin", known)) == ("prompt", "hallucination")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("promt", "prompt"),  # a letter left out
        ("prompzt", "prompt"),  # one too many
        ("prumpt", "prompt"),  # another one
        ("pormpt", "prompt"),  # two swapped
        ("halucinatoin", "hallucination"),  # two mistakes in a long word
    ],
)
def test_a_typo_is_read_as_what_was_meant(read: Read, written: str, meant: str) -> None:
    assert read(written) == [meant]


@pytest.mark.parametrize("word", ["prmt", "cats", "pormtp", "halusinatoine", "rompt", "promt3", "zyzzyva"])
def test_a_word_that_is_short_or_near_to_nothing_stays(read: Read, word: str) -> None:
    assert read(word) == [word]


def test_known_words_stay_though_a_more_frequent_one_is_near(read: Read) -> None:
    assert read("stables", "table") == ["stables", "table"]


def test_of_two_equally_near_the_more_frequent_is_meant(read: Read) -> None:
    assert read("stablet") == ["stable"]  # "stables" is as near, in one chunk of three


def test_a_word_written_in_one_is_read_as_its_parts(read: Read) -> None:
    assert read("finetuning", "promptcat") == ["fine", "tuning", "prompt", "cat"]


def test_parts_come_before_a_near_word(read: Read) -> None:
    assert read("catstable") == ["cat", "stable"]  # "catstables" is near


def test_of_two_ways_to_part_the_longest_first_part_counts(read: Read) -> None:
    assert read("tablestable") == ["tables", "table"]  # not "table" and "stable"


def test_order_is_kept(read: Read) -> None:
    assert read("cat", "promt", "finetuning", "xx") == ["cat", "prompt", "fine", "tuning", "xx"]
