"""What a question asks for decides the form of the answer; end to end on a small base without a model."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from assistant.answer import Answer
from assistant.chain import Assistant
from assistant.cover import Weights
from assistant.events import Done
from assistant.extractive import Extractive
from assistant.phrases import PHRASES
from assistant.question import check
from assistant.rated import rated_units
from assistant.settings import ASSISTANT
from assistant.traces import Traces
from assistant.wiring import make_assistant
from ingest.progress import quiet
from ingest.sources import Files
from ingest.sync import sync
from knowledge.settings import Setting
from knowledge.wiring import Knowledge, open_knowledge
from tests.assistant.hits import make_page

BREAD = """# Baking sourdough bread

Sourdough bread is bread that rises with a starter of wild yeast.

## Steps of baking sourdough bread

1. Feed the starter
2. Mix flour and water
3. Bake the loaf

## Reasons why sourdough bread fails

Sourdough bread fails for these reasons:

- The starter is too cold
- The flour is too old
"""
FLOURS = """# Flours

| Flour | Rises | Taste |
|---|---|---|
| Rye flour | slowly | sour |
| Wheat flour | fast | mild |
| Oat flour | never | sweet |
"""
YEAST = """# Yeast

Instant yeast works at once. A starter takes a week to grow.
"""
ASKED = "What is the second step of baking sourdough bread?"


@pytest.fixture
def assistant(base: Knowledge, ingest: Callable[..., Any]) -> Assistant:
    ingest(bread=BREAD, flours=FLOURS, yeast=YEAST)
    return make_assistant(base, {setting.name: setting for setting in ASSISTANT})


def ask(assistant: Assistant, text: str) -> Answer:
    return assistant.answer(check(text))


def quotes(answer: Answer) -> list[str]:
    return [citation.quote for citation in answer.citations]


def test_a_difference_is_told_by_the_articles_own_rows(assistant: Assistant) -> None:
    answer = ask(assistant, "What is the difference between rye flour and wheat flour?")
    assert answer.answer.startswith(
        "| Flour | Rises | Taste |\n|---|---|---|\n"
        "| Rye flour [1] | slowly [2] | sour [3] |\n| Wheat flour [4] | fast [5] | mild [6] |"
    )
    assert quotes(answer)[:6] == ["Rye flour", "slowly", "sour", "Wheat flour", "fast", "mild"]


def test_a_difference_without_a_table_stands_side_by_side(assistant: Assistant) -> None:
    answer = ask(assistant, "What is the difference between instant yeast and a starter?")
    assert answer.answer.startswith(
        "| Instant yeast | Starter |\n|---|---|\n"
        "| Instant yeast works at once. [1] | A starter takes a week to grow. [2] |"
    )


def test_a_thing_that_the_articles_lack_is_named_as_missing(assistant: Assistant) -> None:
    answer = ask(assistant, "difference between instant yeast and zeppelins")
    assert answer.answer.startswith(
        "| Instant yeast | Zeppelins |\n|---|---|\n| Instant yeast works at once. [1] | not covered by the articles |"
    )
    assert quotes(answer)[0] == "Instant yeast works at once."


def test_one_step_is_told_alone(assistant: Assistant) -> None:
    answer = ask(assistant, ASKED)
    assert answer.answer == "Baking sourdough bread — Steps of baking sourdough bread\n\n- Mix flour and water [1]"
    assert quotes(answer) == ["Mix flour and water"]


def test_a_question_for_reasons_gets_them_all(assistant: Assistant) -> None:
    answer = ask(assistant, "Why does sourdough bread fail?")
    assert answer.answer == (
        "Baking sourdough bread — Sourdough bread fails for these reasons: [1]\n\n"
        "- The starter is too cold [2]\n- The flour is too old [3]"
    )


def test_a_translated_question_gets_two_sentences_more(assistant: Assistant) -> None:
    places = ("warm", "wet", "dark", "old", "small", "big")
    page = make_page(" ".join(f"Mould on bread spreads in {place} kitchens." for place in places))
    own = Weights({"mould": 0.5, "bread": 0.5})
    extractive, question = Extractive(assistant.searcher, 3), check("Does mould on bread spread in kitchens?")

    def told(weights: Weights) -> int:
        return len(list(extractive.write(question, rated_units([page], weights, None), weights)))

    assert (told(own), told(replace(own, translated=(own,)))) == (3, 5)


def test_a_sentence_that_goes_on_from_another_is_not_told_without_it(
    assistant: Assistant, ingest: Callable[..., Any]
) -> None:
    """And a sentence that only leads to a list is no statement."""
    ingest(
        ovens="""# Ovens

Every door of stone keeps heat inside for a night. Brick ovens are therefore expensive to cool.

Ovens differ in three ways:

- Size
"""
    )
    answer = ask(assistant, "why are brick ovens expensive to cool?")
    before, leaning, *_ = quotes(answer)
    assert (before[:10], leaning[:10]) == ("Every door", "Brick oven")
    assert not any(quote.endswith(":") for quote in quotes(answer))


@pytest.mark.parametrize(
    ("text", "kind", "language"),
    [
        ("Hello!", "greeting", "en"),
        ("thanks a lot", "thanks", "en"),
        ("Goodbye", "farewell", "en"),
        ("Who are you?", "self", "en"),
        ("Hoe gaat het met je?", "greeting", "nl"),
        ("Wie ben je?", "self", "nl"),
    ],
)
def test_small_talk_gets_its_phrase_without_a_search(
    assistant: Assistant, base: Knowledge, text: str, kind: str, language: str
) -> None:
    events = list(assistant.events(check(text, language=language)))
    assert [type(event) for event in events] == [Done]
    assert isinstance(events[-1], Done)
    answer = events[-1].answer
    assert (answer.answered, answer.citations, answer.nearest) == (False, (), ())
    assert answer.answer == PHRASES[language][kind]
    trace = Traces(base.catalogue.engine, 1).find(answer.trace_id)
    assert trace
    assert (trace.question, trace.answered, trace.record["answer"], trace.record["hits"]) == (
        text, False, answer.answer, [],
    )  # fmt: skip


def test_a_question_that_begins_with_a_greeting_is_answered(assistant: Assistant) -> None:
    assert quotes(ask(assistant, f"Hi, {ASKED.lower()}")) == ["Mix flour and water"]


WORDS = st.sampled_from([
    "flour", "yeast", "bread", "rye", "starter", "water", "rises", "slowly", "12", "hours", "1,500", "é", "**bold**",
    "`code`", "[link](x.md)", "a|b", "<br>", "&", "€", "“quoted”", "e.g.", "[1]", "steps", "reasons", "advantages",
])  # fmt: skip
PHRASE = st.lists(WORDS, min_size=1, max_size=7).map(" ".join)
CELL = PHRASE.map(lambda text: text.replace("|", "/")) | st.just("")
SENTENCES = st.lists(PHRASE.map(lambda text: f"The {text}."), min_size=1, max_size=3).map(" ".join)
ITEMS = st.lists(PHRASE, min_size=1, max_size=5)
TABLES = st.lists(st.tuples(CELL, CELL, CELL), min_size=2, max_size=4)


def as_table(rows: list[tuple[str, str, str]]) -> str:
    head, *others = [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join([head, "|---|---|---|", *others])


BLOCKS = st.one_of(
    SENTENCES,
    PHRASE.map(lambda text: f"## {text}"),
    PHRASE.map(lambda text: f"The {text}:"),
    ITEMS.map(lambda items: "\n".join(f"- {item}" for item in items)),
    ITEMS.map(lambda items: "\n".join(f"{n}. {item}" for n, item in enumerate(items, 1))),
    TABLES.map(as_table),
)
ARTICLES = st.lists(BLOCKS, min_size=1, max_size=7).map(lambda blocks: "# Bread\n\n" + "\n\n".join(blocks) + "\n")
ASK = "What is {}?|Why {}?|What are the steps of {}?|What is the second step of {}?|{} vs rye|How many {}?|When is {}?"
QUESTIONS = st.tuples(st.sampled_from(ASK.split("|")), PHRASE).map(lambda pair: pair[0].format(pair[1]))


@pytest.fixture(scope="module")
def own_base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Knowledge]:
    """One base for all examples: each replaces the articles of the one before."""
    knowledge = open_knowledge(tmp_path_factory.mktemp("generated"), "hashing", "test", wait=0)
    yield knowledge
    knowledge.close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("articles")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(ARTICLES, min_size=1, max_size=2), question=QUESTIONS)
def test_every_quotation_stands_in_the_article_and_in_its_source_file(
    own_base: Knowledge, folder: Path, texts: list[str], question: str
) -> None:
    for old in folder.iterdir():
        old.unlink()
    for n, text in enumerate(texts):
        (folder / f"a{n}.md").write_text(text, encoding="utf-8")
    sync(own_base, [Files(str(folder), folder)], quiet)
    assume(own_base.catalogue.count(own_base.searcher().generation)[0])
    sure = {setting.name: setting for setting in ASSISTANT}
    sure["answer_when_sure"] = Setting("answer_when_sure", 0.0, "", "test")
    answer = make_assistant(own_base, sure).answer(check(question, language="en"))
    for citation in answer.citations:
        article = own_base.catalogue.article(citation.article_id)
        assert article
        assert citation.quote.strip()
        assert citation.quote == article.text[citation.start : citation.end]
        assert citation.quote in (folder / f"{citation.article_id}.md").read_text(encoding="utf-8")
    marks = [int(mark) for mark in re.findall(r"(?<!\\)\[(\d+)\]", answer.answer)] if answer.answered else []
    assert set(marks) == {citation.n for citation in answer.citations}
