"""Conversations in a real database: owned by a key, found, renamed, cut, deleted, forgotten in time."""

import json
import logging
from dataclasses import replace

import pytest
from sqlalchemy import text

from assistant.answer import Answer, Citation, Model, Nearest
from assistant.conversations import Conversations, history, new_key
from assistant.export import as_dict, as_markdown
from assistant.feedback import Feedback, Rating
from assistant.traces import Trace, Traces
from knowledge.wiring import Knowledge

ANNE, BOB = "anne" + "x" * 28, "bob" + "x" * 29
CITATION = Citation(1, "rag", "RAG", "https://a.example/rag", "How > Why", "It **quotes** mail@site.example.", 3, 35)


def answer(question: str, said: str = "It quotes [1].", trace_id: str = "") -> Answer:
    return Answer(
        question, question, "en", True, said, (CITATION,), (Nearest("rag", "RAG", None),), 0.9,
        Model("extractive", "extractive"), trace_id or new_key(), timings_ms={"total": 1.5}, note="a note",
    )  # fmt: skip


@pytest.fixture
def store(base: Knowledge) -> Conversations:
    return Conversations(base.catalogue.engine, 30)


def test_a_turn_begins_a_conversation_and_the_next_goes_on_with_it(store: Conversations) -> None:
    begun = store.add(ANNE, None, answer("What is RAG?"))
    assert store.add(ANNE, begun, answer("And why?")) == begun
    (listed,) = store.listed(ANNE)
    assert (listed.conversation_id, listed.title) == (begun, "What is RAG?")
    assert begun is not None
    assert [turn.answer.question for turn in store.turns(ANNE, begun)] == ["What is RAG?", "And why?"]
    assert history(turn.answer for turn in store.turns(ANNE, begun))[1:3] == [
        {"role": "assistant", "content": "It quotes [1]."}, {"role": "user", "content": "And why?"},
    ]  # fmt: skip


def test_an_answer_comes_back_as_it_was(store: Conversations) -> None:
    said = answer("What is RAG?")
    begun = store.add(ANNE, None, said)
    assert begun is not None
    assert store.turns(ANNE, begun)[0].answer == said
    assert Answer.from_dict(json.loads(json.dumps(said.as_dict() | {"later": 1}))) == said


def test_nobody_else_sees_changes_or_goes_on_with_it(store: Conversations) -> None:
    hers = store.add(ANNE, None, answer("What is RAG?")) or ""
    assert store.find(BOB, hers) is None
    assert not store.turns(BOB, hers)
    assert not store.listed(BOB)
    assert not store.rename(BOB, hers, "mine")
    assert not store.delete(BOB, hers)
    store.cut(BOB, hers, 0)
    assert store.delete_all(BOB) == 0
    assert store.add(BOB, hers, answer("What is BM25?")) != hers
    assert len(store.turns(ANNE, hers)) == 1


def test_the_database_does_not_hold_the_key(store: Conversations, base: Knowledge) -> None:
    store.add(ANNE, None, answer("What is RAG?"))
    with base.catalogue.engine.connect() as connection:
        assert ANNE not in str(connection.execute(text("SELECT * FROM conversations")).all())


def test_ids_are_long_and_random() -> None:
    assert len({new_key() for _ in range(100)}) == 100
    assert len(new_key()) * 6 >= 122


def test_personal_data_is_replaced_in_what_was_typed_and_left_in_what_is_quoted(store: Conversations) -> None:
    begun = store.add(ANNE, None, answer("I am a@b.nl, who are you?")) or ""
    (turn,) = store.turns(ANNE, begun)
    assert turn.answer.question == turn.answer.standalone_question == "I am [email], who are you?"
    assert store.listed(ANNE)[0].title == "I am [email], who are you?"
    assert turn.answer.citations == (CITATION,)


@pytest.mark.parametrize("wanted", ["rag", "QUOTES", "naïve", "100%", "a_b"])
def test_search_finds_titles_questions_and_answers(store: Conversations, wanted: str) -> None:
    found = store.add(ANNE, None, answer("Of naïve RAG", "It quotes 100% of a_b"))
    store.add(ANNE, None, answer("BM25?", "A ranking, 100 times"))
    assert [one.conversation_id for one in store.listed(ANNE, wanted)] == [found]


def test_the_last_conversation_comes_first(store: Conversations, base: Knowledge) -> None:
    first, second = store.add(ANNE, None, answer("One?")), store.add(ANNE, None, answer("Two?"))
    assert [one.conversation_id for one in store.listed(ANNE)] == [second, first]  # within the same second, too
    with base.catalogue.engine.begin() as connection:
        connection.execute(text("UPDATE conversations SET changed = '2999' WHERE title = 'One?'"))
    assert [one.conversation_id for one in store.listed(ANNE)] == [first, second]


def test_a_title_is_one_short_line(store: Conversations) -> None:
    begun = store.add(ANNE, None, answer("What\nis " + "very " * 30 + "long?")) or ""
    title = store.listed(ANNE)[0].title
    assert (title[:13], title[-1], len(title)) == ("What is very ", "…", 80)
    assert store.rename(ANNE, begun, " Long ")
    assert not store.rename(ANNE, begun, "  ")
    assert store.listed(ANNE)[0].title == "Long"


def test_cutting_and_deleting_take_traces_and_ratings_along(store: Conversations, base: Knowledge) -> None:
    engine = base.catalogue.engine
    traces, feedback = Traces(engine, 30), Feedback(engine)
    begun = None
    for trace_id in ("one", "two"):
        traces.keep(Trace(trace_id, "?", "en", True, 0.9, {}))
        feedback.rate(Rating(trace_id, "up"))
        begun = store.add(ANNE, begun, answer("?", trace_id=trace_id))
    store.cut(ANNE, begun or "", 1)
    assert [turn.answer.trace_id for turn in store.turns(ANNE, begun or "")] == ["one"]
    assert traces.find("two") is None
    assert feedback.find("two") is None
    assert store.delete_all(ANNE) == 1
    assert traces.find("one") is None
    assert store.listed(ANNE) == []


def test_old_conversations_are_forgotten(store: Conversations, base: Knowledge) -> None:
    old, fresh = store.add(ANNE, None, answer("Old?")) or "", store.add(ANNE, None, answer("Fresh?"))
    with base.catalogue.engine.begin() as connection:
        connection.execute(text("UPDATE conversations SET changed = '2020' WHERE title = 'Old?'"))
    Conversations(base.catalogue.engine, 30)
    assert [one.conversation_id for one in store.listed(ANNE)] == [fresh]
    assert store.turns(ANNE, old) == []


def test_the_owner_of_the_site_can_keep_none(store: Conversations, base: Knowledge) -> None:
    store.add(ANNE, None, answer("What is RAG?"))
    none = Conversations(base.catalogue.engine, 0)
    assert none.add(ANNE, None, answer("What is RAG?")) is None
    assert none.listed(ANNE) == []


def test_a_turn_that_cannot_be_written_is_logged(
    store: Conversations, base: Knowledge, caplog: pytest.LogCaptureFixture
) -> None:
    with base.catalogue.engine.begin() as connection:
        connection.execute(text("DROP TABLE turns"))
    with caplog.at_level(logging.WARNING):
        assert store.add(ANNE, None, answer("What is RAG?")) is None
    assert "a turn was not kept" in caplog.text


def test_the_markdown_export_reads_like_a_document(store: Conversations) -> None:
    begun = store.add(ANNE, None, answer("What is RAG?")) or ""
    refused = replace(answer("Bread?", "Not here."), citations=(), answered=False)
    store.add(ANNE, begun, refused)
    found = store.find(ANNE, begun)
    assert found is not None
    assert as_markdown(found, store.turns(ANNE, begun)) == (
        f"# What is RAG?\n\n{found.created[:10]}, answered by software from the site's articles.\n\n"
        "## What is RAG?\n\nIt quotes [1].\n\n"
        "- [1] “It quotes mail@site.example.” RAG › How › Why, <https://a.example/rag>\n\n"
        "## Bread?\n\nNot here.\n\n- RAG\n"
    )


def test_the_json_export_has_every_answer_in_its_documented_shape(store: Conversations) -> None:
    said = answer("What is RAG?")
    begun = store.add(ANNE, None, said) or ""
    found = store.find(ANNE, begun)
    assert found is not None
    shown = as_dict(found, store.turns(ANNE, begun))
    assert list(shown) == ["conversation_id", "title", "created", "changed", "turns"]
    assert json.loads(json.dumps(shown))["turns"][0]["answer"] == json.loads(json.dumps(said.as_dict()))
