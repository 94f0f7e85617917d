"""From a question to an answer: gate, writers, fall-back, footnotes; on a small base without a model."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from assistant.answer import Answer
from assistant.chain import Assistant
from assistant.events import Cited, Delta, Done, Event, Sources, Status
from assistant.models.model import ScriptedModel
from assistant.prompt import fitting
from assistant.question import check
from assistant.settings import ASSISTANT
from assistant.wiring import make_assistant
from knowledge.errors import UnknownSetting, UsageError
from knowledge.settings import Setting
from knowledge.wiring import Knowledge

OPEN = """# Open and closed models

Open models are models whose weights anyone may download.

## Advantages of open models

Open models have these advantages:

- Privacy — data stays at home
- Price — nothing is paid per call

## Disadvantages of open models

- Skill — somebody must run them
"""
BREAD = "# Bread\n\nBread is baked from flour, water and salt. Sourdough bread rises for 12 hours."

Make = Callable[..., Assistant]


@pytest.fixture
def make(base: Knowledge, ingest: Callable[..., Any]) -> Make:
    ingest(open=OPEN, bread=BREAD)

    def made(model: ScriptedModel | None = None, **given: Any) -> Assistant:
        settings = {s.name: s for s in ASSISTANT}
        settings |= {name: Setting(name, value, "", "test") for name, value in given.items()}
        return make_assistant(base, settings, model)

    return made


def ask(assistant: Assistant, text: str, **given: Any) -> Answer:
    return assistant.answer(check(text), **given)


def test_a_question_for_reasons_gets_the_whole_list_not_a_paragraph(make: Make) -> None:
    answer = ask(make(), "Why would I pick an open model?")
    assert answer.answer == (
        "Open and closed models — Open models have these advantages: [1]\n\n"
        "- Privacy — data stays at home [2]\n- Price — nothing is paid per call [3]"
    )
    assert [citation.quote for citation in answer.citations] == [
        "Open models have these advantages:",
        "Privacy — data stays at home",
        "Price — nothing is paid per call",
    ]


def test_a_question_about_nothing_is_asked_back_and_names_its_times(make: Make) -> None:
    answer = ask(make(), "What are the advantages?")
    assert (answer.answered, answer.citations, answer.nearest) == (False, (), ())
    assert answer.answer.startswith("I cannot tell what that is about.")
    assert set(answer.timings_ms) == {"search", "first_token", "total"}


def test_a_name_that_no_passage_has_lowers_the_confidence(make: Make) -> None:
    known, unknown = ask(make(), "How long does Sourdough rise?"), ask(make(), "How long does Ciabatta rise?")
    assert unknown.confidence < known.confidence


def test_a_definition_is_the_sentence_that_defines(make: Make) -> None:
    assert ask(make(), "What are open models?").answer.startswith(
        "Open models are models whose weights anyone may download. [1]"
    )


def test_citations_are_substrings_of_the_article_at_their_offsets(make: Make, base: Knowledge) -> None:
    for text in ("Why would I pick an open model?", "How long does sourdough bread rise?"):
        for citation in ask(make(), text).citations:
            article = base.catalogue.article(citation.article_id)
            assert article is not None
            assert article.text[citation.start : citation.end] == citation.quote


def test_what_the_articles_do_not_answer_is_refused_with_the_nearest_articles(make: Make) -> None:
    answer = ask(make(), "Who won the world cup in Brazil?")
    assert not answer.answered
    assert answer.answer == "The articles on this site do not answer that."
    assert answer.citations == ()
    assert {near.article_id for near in answer.nearest} <= {"open", "bread"}
    assert 0 < answer.confidence < 0.5


def test_a_refusal_is_in_the_language_of_the_question(make: Make) -> None:
    answer = ask(make(), "Wie won het wereldkampioenschap in Brazilië?")
    assert (answer.language, answer.answer) == ("nl", "De artikelen op deze site beantwoorden dat niet.")


def test_the_owner_sets_how_sure_is_sure_enough(make: Make) -> None:
    text = "How long does sourdough bread rise?"
    assert ask(make(), text).answered
    assert not ask(make(answer_when_sure=1.0), text).answered


def test_the_events_come_in_order_and_add_up(make: Make) -> None:
    events = list(make().events(check("Why would I pick an open model?")))
    assert isinstance(events[0], Status)
    assert isinstance(events[1], Sources)
    assert isinstance(events[-1], Done)
    answer = events[-1].answer
    assert "".join(event.text for event in events if isinstance(event, Delta)) == answer.answer
    assert tuple(event.citation for event in events if isinstance(event, Cited)) == answer.citations
    assert answer.timings_ms.keys() == {"search", "first_token", "total"}


def test_a_local_model_writes_and_its_footnotes_are_checked(make: Make) -> None:
    question = "Why would I pick an open model?"
    hits = fitting(make().searcher.search(question, 10), 9999)
    n = next(number for number, hit in enumerate(hits, 1) if "Privacy" in hit.text)
    model = ScriptedModel(
        ["Data stays at ", f"home. [{n}] It costs 99 euro. [{n}] ", "Nobody said this. [42] Nor this."]
    )
    answer = ask(make(model), question)
    assert answer.answer == "Data stays at home. [1]"
    assert (answer.model.kind, answer.model.name, answer.left_environment) == ("local", "scripted", False)


def test_a_model_that_fails_half_way_is_replaced_by_extraction_with_a_note(make: Make) -> None:
    model = ScriptedModel(["Data stays at home. [1] And"], fails="connection lost")
    events: Sequence[Event] = list(make(model).events(check("Why would I pick an open model?")))
    done = events[-1]
    assert isinstance(done, Done)
    assert done.answer.model.kind == "extractive"
    assert done.answer.answer.startswith("Open and closed models —")
    assert "connection lost" in (done.answer.note or "")
    assert [citation.n for citation in done.answer.citations] == [1, 2, 3]


def test_a_model_that_finds_no_answer_refuses(make: Make) -> None:
    assert not ask(make(ScriptedModel(["NOT_IN_ARTICLES"])), "Why would I pick an open model?").answered


def test_the_model_sees_numbered_passages_and_the_question(make: Make) -> None:
    model = ScriptedModel(["Data stays at home. [1]"])
    ask(make(model), "Why would I pick an open model?")
    system, user = model.asked[0]
    assert "NOT_IN_ARTICLES" in system
    assert '<passage number="1" title="Open and closed models"' in user
    assert user.endswith("Question: Why would I pick an open model?")


def test_extraction_can_be_asked_for_where_a_model_is_there(make: Make) -> None:
    model = ScriptedModel(["Data stays at home. [1]"])
    assert ask(make(model), "Why would I pick an open model?", model="extractive").model.kind == "extractive"
    assert model.asked == []


def test_a_local_model_that_is_not_there_is_replaced_with_a_note(make: Make) -> None:
    answer = ask(make(), "Why would I pick an open model?", model="local")
    assert answer.answered
    assert "no local model" in (answer.note or "")


def test_a_closed_model_is_refused_with_the_remedy(make: Make) -> None:
    with pytest.raises(UsageError, match="no closed model"):
        ask(make(), "Why would I pick an open model?", model="closed")


def test_an_address_that_is_none_is_named(make: Make) -> None:
    with pytest.raises(UnknownSetting, match="FOOTNOTE_OLLAMA_URL"):
        make(ollama_url="localhost")


def test_a_follow_up_is_answered_on_its_topic(make: Make) -> None:
    history = [{"role": "user", "content": "What are open models?"}]
    answer = make().answer(check("And their disadvantages?", history))
    assert "Skill — somebody must run them" in answer.answer
    assert answer.standalone_question == "What are open models? And their disadvantages?"


def test_the_answer_has_the_documented_shape(make: Make) -> None:
    shown = ask(make(), "Why would I pick an open model?").as_dict()
    assert list(shown) == [
        "schema", "question", "standalone_question", "language", "answered", "answer", "citations", "nearest",
        "confidence", "model", "trace_id", "left_environment", "cost_usd", "timings_ms",
    ]  # fmt: skip
    assert list(shown["citations"][0]) == [
        "n", "article_id", "title", "url", "section", "quote", "start", "end", "updated",
    ]  # fmt: skip


def test_the_nearest_articles_are_in_the_questions_language_first(base: Knowledge, ingest: Callable[..., Any]) -> None:
    dutch = "---\nlanguage: nl\n---\n# Brood\n\nBrood rijst en bakt."
    ingest(bread=BREAD, brood=dutch, open=OPEN)
    assistant = make_assistant(base, {s.name: s for s in ASSISTANT})
    answer = assistant.answer(check("Who baked the brood of Napoleon in Moscow?"))
    assert [near.article_id for near in answer.nearest][-1] == "brood"
