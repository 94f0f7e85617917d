"""Metrics of citations, on answers one can judge by eye."""

from evals.metrics.citing import citation_precision, citation_recall, cited_right, quotes_true, stated, support_rate
from tests.evals.answers import answer, article, cite

ARTICLES = {"bread": article()}
SENTENCE = "Bread is baked from flour, water and salt."


def test_a_statement_is_what_stands_in_front_of_its_marks() -> None:
    told = stated(
        answer(f"It needs:\n\n- Oven [1]\n- Bowl of 2 litres [2]\n\n{SENTENCE} [1][2]", cite(1, "Oven")), ARTICLES
    )
    assert [one.text for one in told] == ["Oven", "Bowl of 2 litres", SENTENCE]
    assert [len(one.cites) for one in told] == [1, 0, 1]


def test_a_quotation_counts_with_the_sentence_above_its_list() -> None:
    told = stated(answer("It needs: Oven [1]", cite(1, "Oven")), ARTICLES)
    assert told[0].carried
    assert "It needs:" in told[0].cites[0]


def test_a_statement_that_its_quotation_does_not_carry_counts_against_recall_and_precision() -> None:
    told = stated(
        answer(f"{SENTENCE} [1] Tea is brewed from leaves. [2]", cite(1, SENTENCE), cite(2, SENTENCE)), ARTICLES
    )
    assert (citation_recall(told), citation_precision(told), support_rate(told)) == (0.5, 0.5, 1.0)


def test_a_figure_that_the_quotation_lacks_is_not_carried() -> None:
    assert not stated(answer("It needs a bowl of 3 litres. [1]", cite(1, "Bowl of 2 litres")), ARTICLES)[0].carried


def test_a_citation_beside_one_that_suffices_is_not_needed_unless_it_carries_too() -> None:
    told = stated(answer(f"{SENTENCE} [1][2]", cite(1, SENTENCE), cite(2, "Oven")), ARTICLES)
    assert (citation_recall(told), citation_precision(told)) == (1.0, 0.5)


def test_a_statement_without_a_mark_lowers_the_support_rate() -> None:
    told = stated(answer(f"{SENTENCE} [1]\nTea is nice.", cite(1, SENTENCE)), ARTICLES)
    assert support_rate(told) == 0.5


def test_a_quotation_is_true_at_its_place_only() -> None:
    right, moved, gone = cite(1, "Oven"), cite(2, "Oven", start=3), cite(3, "Oven", "cake")
    assert quotes_true([right, moved, gone], ARTICLES) == 1 / 3
    assert cited_right([right, gone], ["bread"]) == 0.5


def test_without_statements_or_citations_there_is_nothing_to_measure() -> None:
    assert (citation_recall([]), citation_precision([]), support_rate([])) == (None, None, None)
    assert (quotes_true([], ARTICLES), cited_right([], ["bread"])) == (None, None)
