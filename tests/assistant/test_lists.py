"""Which list of the passages answers a question, and the whole of it over all chunks of its section."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from assistant.cover import Weights
from assistant.intent import Intent, intent_of
from assistant.lists import WholeList, best, introduced, of_first, offers, shared, whole
from assistant.rated import Rated, rated_units
from assistant.units import Unit, units
from knowledge.hit import Hit
from knowledge.wiring import Knowledge
from tests.assistant.hits import make_page

OPEN = Weights({"open": 0.5, "model": 0.5})
REASONS = """Open models have these advantages:

- Privacy
- Price

Nothing else counts.
"""


def intent(question: str) -> Intent:
    found = intent_of(question)
    assert found
    return found


WHY = intent("Why would I pick an open model?")
HOW = intent("How do I bake bread?")


def rated(*hits: Hit) -> list[Rated]:
    return rated_units(hits, OPEN, None)


def chosen(found: Unit | None) -> str | None:
    return found.text if found else None


def test_the_list_whose_lead_in_offers_what_is_asked_for_is_best() -> None:
    other = make_page(REASONS.replace("advantages", "makers").replace("Privacy", "Meta"), section="Open models")
    assert chosen(best(rated(other, make_page(REASONS)), OPEN, WHY)) == "Privacy"


def test_of_lists_that_offer_it_the_one_that_covers_the_topic_is_best() -> None:
    closed = make_page(REASONS.replace("Open", "Closed").replace("Privacy", "Support"), article_id="b", score=0.9)
    assert chosen(best(rated(closed, make_page(REASONS, score=0.8)), OPEN, WHY)) == "Privacy"


@pytest.mark.parametrize(
    ("asked", "plain", "better"),
    [
        (WHY, {"section": "Advantages"}, {"section": "Advantages of open models"}),
        (WHY, {"section": "Advantages", "score": 0.2}, {"section": "Advantages", "score": 0.9}),
        (HOW, {"section": "Notes"}, {"section": "Steps"}),
    ],
    ids=["heading about the topic", "found higher", "heading that offers it"],
)
def test_of_lists_that_cover_it_alike_one_has_more_for_it(
    asked: Intent, plain: dict[str, Any], better: dict[str, Any]
) -> None:
    pages = [
        make_page("1. plain", title="Open models", **plain),
        make_page("1. better", title="Open models", **better),
    ]
    assert chosen(best(rated(*pages), OPEN, asked)) == "better"


def test_a_list_about_something_else_is_not_taken_beyond_the_article_found_first() -> None:
    half = make_page(REASONS.replace("Open models", "Open doors"))
    none = make_page(REASONS.replace("Open models", "Doors"), article_id="b")
    first = make_page("Windows are shut.", article_id="first")
    assert best(rated(first, none), OPEN, WHY) is None
    assert chosen(best(rated(first, half), OPEN, WHY)) == "Privacy"
    third = Weights({"open": 0.3, "model": 0.7})
    assert best(rated(first, half), third, WHY) is None
    assert chosen(best(rated(half, first), third, WHY)) == "Privacy"


@pytest.mark.parametrize("asked", [None, intent("What is an open model?"), intent("When was it?")])
def test_a_question_that_wants_no_list_gets_none(asked: Intent | None) -> None:
    assert best(rated(make_page(REASONS)), OPEN, asked) is None


def test_any_list_about_the_topic_will_do_for_its_third() -> None:
    page = make_page(REASONS.replace("advantages", "makers"))
    assert best(rated(page), OPEN, WHY) is None
    assert chosen(best(rated(page), OPEN, None, any_offer=True)) == "Privacy"


def test_for_its_third_step_the_list_of_steps_is_better_than_one_whose_heading_names_the_topic() -> None:
    kinds = make_page("- Free ones\n- Others", section="Open models", title="Open models")
    steps = make_page("1. Choose\n2. Run", section="Steps", title="Open models")
    assert chosen(best(rated(kinds, steps), OPEN, HOW, any_offer=True)) == "Choose"


def test_the_list_of_the_hit_found_first_is_taken_where_it_is_of_the_kind() -> None:
    first = make_page("Doors.\n\n- Hinge\n\nSo:\n\n1. Mix\n2. Bake", chunk_id="first")
    other = make_page("1. Else", chunk_id="other")
    assert chosen(of_first(rated(first, other), HOW)) == "Mix"
    assert of_first(rated(first, other), WHY) is None
    assert of_first(rated(make_page("Doors.", chunk_id="none"), other), HOW) is None


def test_there_is_no_best_of_nothing() -> None:
    assert best([], OPEN, WHY, any_offer=True) is None
    assert best(rated(make_page("Open models are free.", section="Advantages of open models")), OPEN, WHY) is None


def test_a_numbered_list_has_steps_whatever_its_heading_says() -> None:
    numbered, bullet = units(make_page("1. Mix\n\n- Mix"))
    assert offers(HOW, numbered, "Bread")
    assert not offers(HOW, bullet, "Bread")
    assert offers(HOW, bullet, "Steps of baking")
    assert not offers(WHY, numbered, "Bread")


def test_the_best_units_own_list_is_found_where_it_introduces_one() -> None:
    every = rated(make_page(REASONS))
    assert chosen(introduced(every, every)) == "Privacy"
    assert introduced(every[1:], every) is None
    assert introduced([], every) is None


def test_after_one_of_several_the_list_is_the_one_its_paragraph_leads_to() -> None:
    every = rated(make_page(f"Three things are called the trio. {REASONS}"))
    assert introduced(every, every) is None
    assert chosen(introduced(every, every, one_of=True)) == "Privacy"
    assert introduced(every[-1:], every, one_of=True) is None  # a paragraph that leads to none


def test_a_list_is_not_introduced_by_the_same_words_of_another_passage() -> None:
    lead = rated(make_page("Open models have these advantages:"))
    assert introduced(lead, lead + rated(make_page(REASONS, chunk_id="d"))) is None


def of(page: Hit, *texts: str) -> list[Unit]:
    return [unit for unit in units(page) if unit.text in texts]


def test_units_of_one_list_share_it() -> None:
    page = make_page(REASONS)
    assert chosen(shared(of(page, "Privacy", "Price"))) == "Privacy"
    assert chosen(shared(of(page, "Privacy", "Price", "Nothing else counts."))) == "Privacy"


@pytest.mark.parametrize("texts", [(), ("Privacy",), ("Nothing else counts.",), ("Privacy", "Nothing else counts.")])
def test_one_item_is_no_list(texts: Sequence[str]) -> None:
    assert shared(of(make_page(REASONS), *texts)) is None


def test_half_of_the_units_is_not_most_of_them() -> None:
    sentences = of(make_page("Bread rises. Ovens heat."), "Bread rises.", "Ovens heat.")
    assert shared([*of(make_page(REASONS), "Privacy", "Price"), *sentences]) is None


def test_items_of_two_articles_share_nothing() -> None:
    assert shared([*of(make_page(REASONS), "Privacy"), *of(make_page(REASONS, article_id="b"), "Price")]) is None


Whole = Callable[[str, str], WholeList]


@pytest.fixture
def whole_of(base: Knowledge, ingest: Callable[..., Any]) -> Whole:
    """The whole list around the unit of an article that has this text."""

    def found(article: str, text: str) -> WholeList:
        ingest(article=article)
        searcher = base.searcher()
        every = [unit for hit in searcher.search(text, 20) for unit in units(hit)]
        return whole(next(unit for unit in every if text in unit.text and unit.kind != "sentence"), searcher)

    return found


def shown(found: WholeList) -> list[str]:
    return [unit.text for unit in found.items]


def test_a_list_is_whole_over_all_chunks_of_its_section(whole_of: Whole, base: Knowledge) -> None:
    items = [f"Reason {n} is that {'an open model can be kept at home ' * 5}".strip() for n in range(12)]
    text = "# Models\n\n## Why\n\nThese count:\n\n" + "\n".join(f"- {item}" for item in items) + "\n\nThat is all."
    for asked in ("Reason 0 ", "Reason 6 ", "Reason 11 "):
        found = whole_of(text, asked)
        assert shown(found) == items
        assert len({unit.hit.chunk_id for unit in found.items}) > 1
        assert (found.lead.text, found.lead.evidence[0].quote) == ("Models — These count:", "These count:")


def test_without_a_lead_in_the_heading_leads_and_cites_nothing(whole_of: Whole) -> None:
    found = whole_of("# Models\n\n## **Good** reasons\n\nRead on.\n\n- Privacy\n- Price\n", "Privacy")
    assert (found.lead.text, found.lead.evidence) == ("Models — Good reasons", ())
    assert shown(found) == ["Privacy", "Price"]


def test_a_list_right_below_the_title_is_led_by_it(whole_of: Whole) -> None:
    found = whole_of("# Models\n\n- Privacy\n- Price\n", "Privacy")
    assert (found.lead.text, shown(found)) == ("Models", ["Privacy", "Price"])


def test_a_list_ends_where_another_kind_or_a_sentence_begins(whole_of: Whole) -> None:
    text = "# Bread\n\nTake:\n\n- flour\n- water\n\n1. mix\n2. bake\n\nThen:\n\n- eat\n- rest\n"
    assert shown(whole_of(text, "water")) == ["flour", "water"]
    assert shown(whole_of(text, "bake")) == ["mix", "bake"]
    assert shown(whole_of(text, "eat")) == ["eat", "rest"]


def test_a_list_ends_with_its_section_where_another_has_the_same_name(whole_of: Whole) -> None:
    part = "## Reasons\n\n- {}\n- {}\n\n"
    text = "# Bread\n\n" + part.format("taste", "price") + "## Why\n\nRead on.\n\n" + part.format("smell", "crust")
    assert shown(whole_of(text, "price")) == ["taste", "price"]
    assert shown(whole_of(text, "smell")) == ["smell", "crust"]


def test_a_table_is_a_list_of_its_rows(whole_of: Whole) -> None:
    table = "| Model | Year |\n|---|---|\n| Llama | 2023 |\n| Mistral | 2024 |\n"
    other = table.replace("Llama", "Gemma").replace("Mistral", "Falcon")
    found = whole_of(f"# Models\n\nThe years:\n\n{table}\n{other}\n- an item\n", "Mistral")
    assert found.lead.text == "Models — The years:"
    assert [row.cells[0].text for row in found.items] == ["Llama", "Mistral"]


def test_a_list_that_is_named_as_the_question_names_it_is_meant_whatever_it_offers() -> None:
    page = make_page(REASONS.replace("these advantages", "two colours"), section="Open models")
    found = best(rated(page), OPEN, intent("Which open models are there?"))
    assert found is not None
    assert found.text == "Privacy"
    assert best(rated(page), Weights({"bread": 0.7, "open": 0.3}), intent("Which open breads are there?")) is None
