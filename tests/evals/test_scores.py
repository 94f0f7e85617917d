"""The score card of an answer: every metric where it applies, nothing where it does not."""

from evals.case import Case
from evals.metrics.facts import FactFinder, fact_recall
from evals.metrics.scores import METRICS, score
from knowledge.hashing_embedder import HashingEmbedder
from tests.assistant.hits import make_hit
from tests.evals.answers import answer, article, cite

ARTICLES = {"bread": article()}
SENTENCE = "Bread is baked from flour, water and salt."
CASE = Case(id="b", question="?", language="en", articles=("bread",), facts=("flour, water and salt",), answerable=True)
NONE = Case(id="n", question="?", language="en", answerable=False)
HITS = [make_hit("Tea.", article_id="tea"), make_hit(SENTENCE, article_id="bread"), make_hit("x", article_id="bread")]


def test_a_right_answer_has_ones() -> None:
    card = score(CASE, answer(f"{SENTENCE} [1]", cite(1, SENTENCE)), HITS, ARTICLES, {"flour, water and salt": True})
    assert card["mrr"] == 0.5
    ones = (
        "answered_right",
        "fact_recall",
        "recall_at_5",
        "passage_recall",
        "citation_recall",
        "quotes_true",
        "cited_right",
    )
    assert {name: card[name] for name in ones} == dict.fromkeys(ones, 1.0)
    assert card["words"] == 9


def test_a_refusal_of_an_answerable_question_recalls_no_fact_and_has_no_citation_figures() -> None:
    card = score(CASE, answer("No."), HITS, ARTICLES, {"flour, water and salt": False})
    assert (card["answered_right"], card["fact_recall"], card["citation_recall"], card["words"]) == (
        0.0,
        0.0,
        None,
        None,
    )


def test_of_a_question_without_an_answer_only_the_refusal_counts() -> None:
    assert score(NONE, answer("No."), HITS, ARTICLES, {})["refused_right"] == 1.0
    wrong = score(NONE, answer(f"{SENTENCE} [1]", cite(1, SENTENCE)), HITS, ARTICLES, {})
    assert wrong["refused_right"] == 0.0
    assert "mrr" not in wrong
    assert wrong["fact_recall"] is None


def test_every_figure_has_a_meaning_in_the_table() -> None:
    cards = score(CASE, answer("No."), [], ARTICLES, {}) | score(NONE, answer("No."), [], ARTICLES, {})
    assert cards.keys() | {"judged_facts", "judge_cost_usd", "input_tokens", "output_tokens"} == METRICS.keys()


def test_a_fact_is_found_by_its_words_or_by_a_sentence_close_to_it_with_all_its_figures() -> None:
    finder = FactFinder(HashingEmbedder(), near=0.5)
    text = "Salt and water and flour make bread. [1] Tea needs 80 degrees. [2]"
    facts = ["flour and salt and water", "tea needs 90 degrees", "80 degrees", "ships sail at night"]
    assert finder.said(text, facts) == {facts[0]: True, facts[1]: False, facts[2]: True, facts[3]: False}
    assert finder.said("", ["80 degrees"]) == {"80 degrees": False}
    assert fact_recall({}) is None
