"""The same article under several addresses is found once, and nothing that only one of the pages says is lost."""

from pathlib import Path

import pytest

from assistant.question import check
from assistant.settings import ASSISTANT
from assistant.wiring import make_assistant
from knowledge import alike
from knowledge.wiring import Knowledge
from tests.ingest.test_sync import run, write

RYE = (
    "# Rye bread\n\nRye bread is baked from rye flour, water and salt. The dough rests for twelve hours in a cool "
    "cellar. A loaf keeps for a week when it is wrapped in linen.\n\n## Why rye?\n\n"
    "Rye grows on poor soil, and its bread fills well."
)
LONG = (
    RYE + "\n\n## History\n\n" + "Bakers of the north have made it since the middle ages, in large ovens of brick. " * 3
)
SHORT = (
    "# Rye bread\n\nRye bread is baked from rye flour, water and salt, and its dough rests for twelve hours. "
    "A loaf keeps for a week in linen. The oldest bakery is in Breddorp.\n\n## Why rye?\n\nRye grows on poor soil."
)
OTHER = "# Wheat\n\n" + "Wheat wants rich soil and much sun, and its flour is white and fine and full of gluten. " * 3


@pytest.fixture
def site(base: Knowledge, articles: Path) -> Knowledge:
    run(base, write(articles, long=LONG, short=SHORT, copy=LONG.replace("large", "big"), wheat=OTHER))
    return base


def articles_found(base: Knowledge, question: str) -> list[str]:
    return list(dict.fromkeys(hit.article_id for hit in base.searcher().search(question, 10)))


def test_copies_and_short_pages_form_a_group_with_the_longest_as_canonical(site: Knowledge) -> None:
    assert site.catalogue.canonicals() == {"long": "long", "short": "long", "copy": "long"}


def test_one_of_a_group_is_found(site: Knowledge) -> None:
    assert articles_found(site, "How long does rye dough rest in the cellar?")[0] == "long"
    assert {"long", "short", "copy"} & set(articles_found(site, "rye bread")) in ({"long"}, {"short"}, {"copy"})


def test_what_only_the_short_page_says_is_found_there(site: Knowledge) -> None:
    assert articles_found(site, "Where is the oldest bakery in Breddorp?")[0] == "short"


def test_an_answer_cites_one_of_a_group(site: Knowledge) -> None:
    assistant = make_assistant(site, {setting.name: setting for setting in ASSISTANT})
    for question, speaks in (
        ("How long does rye bread keep?", "long"),
        ("Where is the oldest bakery in Breddorp?", "short"),
    ):
        answer = assistant.answer(check(question), "extractive")
        assert {citation.article_id for citation in answer.citations} == {speaks}, question


def test_a_group_dissolves_with_its_pages_and_forms_anew(site: Knowledge, articles: Path) -> None:
    (articles / "long.md").unlink()
    run(site, articles)
    assert site.catalogue.canonicals() == {"copy": "copy", "short": "copy"}
    write(articles, copy=OTHER.replace("Wheat", "Spelt"))
    report = run(site, articles)
    assert site.catalogue.canonicals() == {}
    assert report.notes == []


def test_a_second_run_compares_nothing_again(site: Knowledge, articles: Path) -> None:
    with site.catalogue.engine.connect() as connection:
        assert alike.uncompared(connection, 10) == []
    assert run(site, articles).notes == []


@pytest.mark.parametrize(
    "other",
    [
        OTHER.replace("Wheat", "Rye bread", 1),  # the title alone is not enough
        "# Rye bread\n\nText.",
        RYE.replace("# Rye bread", "---\nlanguage: nl\n---\n# Rye bread"),
    ],
)
def test_pages_that_are_no_duplicates_stay_apart(base: Knowledge, articles: Path, other: str) -> None:
    run(base, write(articles, long=LONG, other=other))
    assert base.catalogue.canonicals() == {}
