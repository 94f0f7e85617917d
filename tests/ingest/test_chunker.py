"""Chunks: nothing lost, nothing twice, nothing too long, lists with their lead-in."""

import re
from collections import Counter
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.chunker import FRAGMENT, LONGEST_PARAGRAPH, TARGET, chunks, is_lead_in
from ingest.readers import markdown
from knowledge.article import Article
from knowledge.chunk import Chunk
from knowledge.plain import plain
from knowledge.terms import words

WORDS = (
    "rye", "oven", "café", "naïve", "🎉", "GPT-4", "e.g.", "flour", "3.5", "snake_case", "water", "salt", "loaf",
    "**crisp**", "`bake`", "[starter](https://example.org)", "面包", "temperature", "fermentation", "Dr.", "(warm)",
)  # fmt: skip


def article(text: str, title: str = "Bread", article_id: str = "bread") -> Article:
    return Article(article_id, title, text, tuple(markdown.blocks(text)), "en")


def texts(text: str) -> list[str]:
    return [chunk.text for chunk in chunks(article(text))]


phrases = st.lists(st.sampled_from(WORDS), min_size=1, max_size=25).map(" ".join)
sentences = phrases.map(lambda phrase: f"The {phrase}.")
paragraphs = st.lists(sentences, min_size=1, max_size=14).map(" ".join)
quotations = paragraphs.map(lambda text: f"> {text}")
lists = st.lists(sentences, min_size=1, max_size=30).map(lambda items: "\n".join(f"- {item}" for item in items))
introduced = st.tuples(phrases, lists).map(lambda both: f"Of {both[0]}:\n\n{both[1]}")
tables = st.lists(phrases, min_size=1, max_size=6).map(
    lambda rows: "| a |\n|---|\n" + "\n".join(f"| {r} |" for r in rows)
)
code = phrases.map(lambda phrase: f"```\n{phrase}\n```")
bodies = st.lists(st.one_of(paragraphs, quotations, lists, introduced, tables, code), min_size=1, max_size=5)
sections = st.tuples(st.sampled_from(["## Dough", "## Oven", "## What is it?\n\n## Dough"]), bodies)
pages = st.lists(sections, min_size=1, max_size=5).map(
    lambda page: "\n\n".join("\n\n".join([heading, *body]) for heading, body in page)
)


def every_page(check: Callable[[str], None]) -> Callable[[], None]:
    """``check`` holds on generated pages."""
    return settings(max_examples=25, deadline=None, database=None, derandomize=True)(given(pages)(check))


@every_page
def test_a_chunk_is_a_stretch_of_its_article(page: str) -> None:
    for ordinal, chunk in enumerate(chunks(article(page))):
        assert chunk.text == page[chunk.start : chunk.end] == chunk.text.strip()
        assert chunk.ordinal == ordinal
        assert (chunk.blocks[0].start, chunk.blocks[-1].end) == (chunk.start, chunk.end)


@every_page
def test_every_block_with_content_is_in_exactly_one_chunk(page: str) -> None:
    covered = Counter(place for chunk in chunks(article(page)) for place in range(chunk.start, chunk.end))
    content = [block for block in markdown.blocks(page) if block.kind != "heading"]
    for block in content:
        assert {covered[at] for at in range(block.start, block.end) if not page[at].isspace()} == {1}


@every_page
def test_every_word_shown_is_indexed_in_its_chunk(page: str) -> None:
    for chunk in chunks(article(page)):
        assert Counter(words(plain(chunk.text))) <= Counter(words(chunk.indexed_text))


@every_page
def test_no_chunk_is_longer_than_the_bound_unless_one_sentence_or_item_is(page: str) -> None:
    for chunk in chunks(article(page)):
        whole = len(chunk.blocks) == 1 and chunk.blocks[0].kind in ("item", "table", "code")
        bound = LONGEST_PARAGRAPH if len(chunk.blocks) == 1 else TARGET + FRAGMENT
        assert whole or len(chunk.text) <= bound or len(re.findall(r"\.(?= The )", chunk.text)) == 0


@every_page
def test_a_list_keeps_its_lead_in(page: str) -> None:
    made = chunks(article(page))
    lead = ""
    for block in markdown.blocks(page):
        if block.kind == "item" and lead:
            (holder,) = [chunk for chunk in made if chunk.start <= block.start < chunk.end]
            assert lead in holder.indexed_text
        elif block.kind != "item":
            lead = plain(page[block.start : block.end]) if is_lead_in(block, page) else ""


@every_page
def test_a_chunk_names_title_and_section_first(page: str) -> None:
    for chunk in chunks(article(page)):
        assert chunk.indexed_text.startswith(f"Bread > {chunk.section}\n")
        assert {" > ".join(block.path) for block in chunk.blocks} == {chunk.section}


@every_page
def test_ids_are_unique_in_an_article(page: str) -> None:
    made = chunks(article(page))
    assert len({chunk.chunk_id for chunk in made}) == len(made)


@every_page
def test_ids_stay_when_text_above_changes(page: str) -> None:
    below = {chunk.chunk_id for chunk in chunks(article(page))}
    changed = {chunk.chunk_id for chunk in chunks(article(f"## Added\n\nNew words here.\n\n{page}"))}
    assert below < changed


def test_equal_passages_have_ids_of_their_own() -> None:
    first, second = chunks(article("## A\n\nSame.\n\n## B\n\nOther.\n\n## A\n\nSame."))[::2]
    assert first.indexed_text == second.indexed_text
    assert first.chunk_id != second.chunk_id


def test_equal_passages_of_two_articles_have_ids_of_their_own() -> None:
    one, other = (chunks(article("Same.", article_id=name))[0] for name in ("a", "b"))
    assert one.chunk_id != other.chunk_id


def test_short_paragraphs_of_a_section_stay_together_and_sections_apart() -> None:
    assert texts("## A\n\nOne.\n\nTwo.\n\n## B\n\nThree.") == ["One.\n\nTwo.", "Three."]
    assert texts("## A\n\nOne.\n\n## A\n\nTwo.") == ["One.", "Two."]


def test_a_few_words_left_over_at_a_sections_end_are_no_chunk() -> None:
    long = " ".join(["One word after another."] * 38)
    assert texts(f"## A\n\n{long}\n\nThe end.\n\n## B\n\nNext.") == [f"{long}\n\nThe end.", "Next."]
    assert len(texts(f"## A\n\n{long}\n\n{'More words follow here. ' * 8}")) == 2


def test_paragraphs_that_do_not_fit_are_apart_whole() -> None:
    one, two = "One word after another. " * 20, "Two words after another. " * 20
    assert texts(f"{one}\n\n{two}") == [one.strip(), two.strip()]


def test_a_long_paragraph_is_cut_between_sentences_about_evenly() -> None:
    made = texts("Wait for the dough to rise well. " * 60)
    assert len(made) == 3
    assert all(text.startswith("Wait") and text.endswith("well.") for text in made)
    assert max(map(len, made)) - min(map(len, made)) < 150


def test_a_single_endless_sentence_stays_whole() -> None:
    sentence = "and so on " * 300 + "end."
    assert texts(sentence) == [sentence]


def test_a_list_that_fits_stays_with_its_lead_in() -> None:
    assert texts("You need:\n\n- flour\n- salt\n\nThat is all.") == ["You need:\n\n- flour\n- salt\n\nThat is all."]


def test_a_list_too_long_repeats_its_lead_in_where_it_is_searched() -> None:
    made = chunks(article("You need **all** of:\n\n" + "\n".join(f"- item {n} {'x' * 80}" for n in range(30))))
    assert len(made) > 1
    assert all("You need all of: item" in chunk.indexed_text for chunk in made)
    assert [("You need" in chunk.text) for chunk in made] == [True] + [False] * (len(made) - 1)


def test_a_list_without_lead_in_has_its_heading() -> None:
    (made,) = chunks(article("## Strengths\n\n- Flavour\n- Keeping"))
    assert made.indexed_text == "Bread > Strengths\nFlavour Keeping"


def test_marks_are_kept_in_the_text_and_fall_where_it_is_searched() -> None:
    (made,) = chunks(article("## The `oven`\n\nBake **hot** as [told](u)."))
    assert made.text == "Bake **hot** as [told](u)."
    assert made.indexed_text == "Bread > The oven\nBake hot as told."
    assert made.section == "The oven"


@pytest.mark.parametrize("hidden", ["<!-- for editors -->", "![](loaf.png)"])
def test_what_shows_no_words_is_no_chunk(hidden: str) -> None:
    assert texts(f"## A\n\nWords.\n\n## B\n\n{hidden}") == ["Words."]


def test_an_article_of_headings_only_has_one_chunk() -> None:
    assert texts("# A\n\n## B") == ["# A\n\n## B"]


@pytest.mark.parametrize("language", ["nl", "de", "zz"])
def test_any_language_can_be_cut(language: str) -> None:
    text = "Het deeg moet één nacht rusten. " * 60
    made: list[Chunk] = chunks(Article("a", "A", text, tuple(markdown.blocks(text)), language))
    assert "".join(chunk.text for chunk in made).replace(" ", "") == text.replace(" ", "")
