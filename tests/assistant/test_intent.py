"""What a question asks for, told from its words."""

import pytest

from assistant.intent import intent_of, topic_terms
from knowledge.terms import terms


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("Why would I pick an open model?", "advantages"),
        ("benefits of rag", "advantages"),
        ("Wat zijn de voordelen van open source?", "advantages"),
        ("what are the downsides of closed models?", "drawbacks"),
        ("Why should I not use a closed model?", "drawbacks"),
        ("nadelen van RAG", "drawbacks"),
        ("Where do robots fall short?", "drawbacks"),
        ("Wat gaat er mis bij een robot?", "drawbacks"),
        ("When does a robot make sense?", "choice"),
        ("When should I choose closed source?", "choice"),
        ("How do I reduce hallucinations?", "steps"),
        ("how does RAG work", "steps"),
        ("Hoe werkt een transformer?", "steps"),
        ("Hoe wordt brood gebakken?", "steps"),
        ("Hoe goed is een robot?", ""),
        ("Take me through the baking of bread.", "steps"),
        ("What's the procedure for returning a bicycle?", "steps"),
        ("What kinds of machine learning are there?", "list"),
        ("which ovens can I choose from", "list"),
        ("Which oven is the hottest?", ""),
        ("Welke rollen kent de wet?", "list"),
        ("What is bread made of?", "parts"),
        ("Name the parts of an oven", "parts"),
        ("Any tips for baking?", "list"),
        ("Which three things make bread rise?", "list"),
        ("What speaks against robots? Arguments against them", "drawbacks"),
        ("What can a baker do against mould?", "steps"),
        ("Wat kan een bakker doen tegen schimmel?", "steps"),
        ("When does an oven make more sense?", "choice"),
        ("What does an oven do?", "definition"),
        ("What does an oven heat?", ""),
        ("bouwstenen van brood", "list"),
        ("What software can I bake with?", "list"),
        ("Why do models hallucinate?", "causes"),
        ("Why can an oven not be trusted?", "causes"),
        ("Waarom zegt een test niet alles?", "causes"),
        ("How many parameters has GPT-3?", "number"),
        ("When was ChatGPT released?", "date"),
        ("Who founded Anthropic?", "who"),
        ("Which people baked the first bread?", "who"),
        ("What is RAG?", "definition"),
        ("Wat is een token?", "definition"),
        ("RAG?", "definition"),
    ],
)
def test_the_intent_of_common_questions(question: str, name: str) -> None:
    intent = intent_of(question)
    assert (intent.name if intent else "") == name


def test_a_question_may_have_no_intent_we_know() -> None:
    assert intent_of("Does RAG need a vector database?") is None


def test_words_that_only_ask_are_not_the_topic() -> None:
    assert topic_terms(terms("Why would I pick an open model?", "en"), "en") == ["open", "model"]


def test_verbs_that_say_little_are_not_the_topic() -> None:
    assert topic_terms(terms("When did the tandem come out?", "en"), "en") == ["tandem"]
    assert topic_terms(terms("Hoe maak ik brood?", "nl"), "nl") == ["brood"]


def test_words_for_what_is_asked_for_that_no_heading_uses_are_not_the_topic() -> None:
    assert topic_terms(terms("Which ingredients has a prompt, and what breaks?", "en"), "en") == ["prompt"]


def test_a_question_of_asking_words_only_keeps_them() -> None:
    assert topic_terms(["advantag"], "en") == ["advantag"]
