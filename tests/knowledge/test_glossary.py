"""A question is translated word by word."""

from collections import defaultdict
from importlib import resources
from pathlib import Path

import pytest

from knowledge.glossary import FOLDER, WEIGHT, Glossaries, make, parse
from knowledge.reading import Reading
from knowledge.terms import words

LINES = """
# Training = not an entry
taal = language
model = model, type
bedrijf = company
gegeven = datum
analyse = analysis
risico = risk, hazard
leer = doctrine
leren = learning
machinaal leren = machine learning
hoe werkt = how does
over = about
kat = cat
""".splitlines()


def best(text: str, *more: str) -> str:
    """The best translation of each word or phrase, with a bar between them."""
    return "|".join(made[0] for made in make("nl", "en", [*LINES, *more]).translate(text))


def test_all_translations_are_given_in_order_the_best_first() -> None:
    assert make("nl", "en", LINES).translate("risico model") == [("risk", "hazard"), ("model", "type")]


def test_the_longest_phrase_wins_also_one_with_a_function_word() -> None:
    assert best("Machinaal leren") == "machine learning"
    assert best("Hoe werkt machinaal leren?") == "how does|machine learning"


def test_function_words_are_left_out_even_when_listed() -> None:
    assert best("iets over de risico van het model") == "risk|model"


def test_unknown_words_are_kept_as_they_are() -> None:
    assert best("risico van Claude 3") == "risk|claude|3"


def test_the_exact_form_comes_before_the_stem() -> None:
    assert best("leer leren") == "doctrine|learning"  # both have the stem "ler"
    assert best("analyses") == "analysis"


@pytest.mark.parametrize(
    ("compound", "parts"),
    [
        ("taalmodel", "language|model"),
        ("taalmodellen", "language|model"),
        ("bedrijfsmodel", "company|model"),  # s
        ("gegevenenanalyse", "datum|analysis"),  # en
        ("kattenmodel", "cat|model"),  # en, and a doubled letter that the stem takes away
        ("taalrisicoanalyse", "language|risk|analysis"),
        ("bosmodel", "bosmodel"),  # a part is unknown
        ("modelx", "modelx"),
    ],
)
def test_a_compound_is_made_of_listed_words(compound: str, parts: str) -> None:
    assert best(compound) == parts


def test_a_word_made_of_another_is_not_another_form_of_it() -> None:
    assert best("voordelen", "voordeel = advantage", "voordelig = cheap") == "advantage"
    assert best("voordelen", "voordelig = cheap") == "voordelen"
    assert best("mogelijkheden", "mogelijkheid = possibility", "mogelijk = possible") == "possibility"


def test_an_affix_is_no_part_of_a_compound() -> None:
    assert best("verkat", "ver = far") == "verkat"
    assert best("taallijk", "gelijk = equal", "lijk = body") == "taallijk"


def test_a_translation_brings_its_other_translations(tmp_path: Path) -> None:
    (made,) = Glossaries(tmp_path).translations(Reading("Wat zijn de nadelen?", "nl"), ["en"])
    assert (made.text, made.synonyms) == ("disadvantage", (("disadvantage", "drawback"),))


def test_a_listed_compound_is_not_taken_apart() -> None:
    assert best("taalmodel", "taalmodel = LLM") == "LLM"


def test_remarks_empty_lines_and_halves_are_no_entries() -> None:
    assert parse(["# a = b", "  # c = d", "", "kat", "kat =", "= cat", "kat = , ", "Kat = cat , puss"]) == {
        ("kat",): ("cat", "puss")
    }


def test_the_owners_file_adds_to_the_bundled_one_and_wins(tmp_path: Path) -> None:
    (tmp_path / FOLDER).mkdir()
    (tmp_path / FOLDER / "nl-en.txt").write_text("taalmodel = chatterbox\nzwamkuil = fungus pit\n", encoding="utf-8")
    question = Reading("taalmodel zwamkuil risico", "nl")
    assert Glossaries(tmp_path).translations(question, ["en"]) == [Reading("chatterbox fungus pit risk", "en", WEIGHT)]


def test_a_folder_of_its_own_may_bring_another_pair(tmp_path: Path) -> None:
    (tmp_path / FOLDER).mkdir()
    (tmp_path / FOLDER / "de-en.txt").write_text("Fahrrad = bicycle\n", encoding="utf-8")
    found = Glossaries(tmp_path).translations(Reading("Das Fahrrad?", "de", 0.5), ["nl", "de", "en"])
    assert found == [Reading("bicycle", "en", 0.5 * WEIGHT)]


@pytest.mark.parametrize(("language", "spoken"), [("nl", ["nl"]), ("nl", ["de", "fr"]), ("en", ["nl"]), ("nl", [])])
def test_without_a_glossary_for_the_pair_nothing_is_translated(
    tmp_path: Path, language: str, spoken: list[str]
) -> None:
    assert Glossaries(tmp_path).translations(Reading("taalmodel", language), spoken) == []


def test_every_line_of_the_bundled_glossary_is_an_entry_or_a_remark() -> None:
    lines = resources.files("knowledge").joinpath(FOLDER, "nl-en.txt").read_text(encoding="utf-8").splitlines()
    entries = [line for line in lines if line and not line.startswith("#")]
    assert [line for line in entries if len(parse([line])) != 1 or line.count(" = ") != 1 or line != line.strip()] == []
    assert [line for line in entries if not all(map(str.strip, line.partition("=")[2].split(",")))] == []


def test_no_word_of_the_bundled_glossary_is_listed_twice() -> None:
    """Spelled with a hyphen and with a space it may be, when both say the same."""
    lines = resources.files("knowledge").joinpath(FOLDER, "nl-en.txt").read_text(encoding="utf-8").splitlines()
    entries = [line.split(" = ") for line in lines if line and not line.startswith("#")]
    assert len({word.lower() for word, _ in entries}) == len(entries)
    meant = defaultdict[tuple[str, ...], set[str]](set)
    for word, translations in entries:
        meant[tuple(words(word))].add(translations.split(",")[0])
    assert [word for word, found in meant.items() if len(found) > 1] == []
