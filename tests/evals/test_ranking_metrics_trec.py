"""Ranking metrics against trec_eval's own code (pytrec-eval), on seeded judgements of every shape."""

import random

import pytest
import pytrec_eval

from evals.metrics.ranking import ndcg, recall, reciprocal_rank

MEASURES = {"ndcg_cut_10", "recall_5", "recip_rank"}


@pytest.mark.parametrize("seed", range(40))
def test_ndcg_recall_and_reciprocal_rank_equal_trec_eval(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311
    documents = [f"d{n}" for n in range(chance.randint(1, 30))]
    grades = {name: chance.choice([0, 0, 1, 2, 3]) for name in documents} | {"never-found": 2}
    ranked = chance.sample(documents, chance.randint(1, len(documents)))
    run = {name: float(len(ranked) - at) for at, name in enumerate(ranked)}
    theirs = pytrec_eval.RelevanceEvaluator({"q": grades}, MEASURES).evaluate({"q": run})["q"]
    relevant = {name: float(grade) for name, grade in grades.items() if grade}
    assert ndcg(ranked, relevant, 10) == pytest.approx(theirs["ndcg_cut_10"], abs=1e-6)
    assert recall(ranked, relevant, 5) == pytest.approx(theirs["recall_5"], abs=1e-6)
    assert reciprocal_rank(ranked, relevant) == pytest.approx(theirs["recip_rank"], abs=1e-6)
