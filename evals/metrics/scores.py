"""The score card of one answer: every metric by name, None where it does not apply."""

from collections.abc import Mapping, Sequence

from assistant.answer import Answer
from evals.case import Case
from evals.metrics import citing
from evals.metrics.facts import fact_recall
from evals.metrics.matching import normal, says
from evals.metrics.ranking import ndcg, recall, reciprocal_rank
from knowledge.article import Article
from knowledge.hit import Hit

Scores = dict[str, float | None]

# What the names mean, in the order of reports; True where more is better and the gate sees to it, False where less is,
# None for the rest.
METRICS: dict[str, tuple[str, bool | None]] = {
    "answered_right": ("answerable questions that were answered", True),
    "refused_right": ("unanswerable questions that were refused", True),
    "fact_recall": ("facts of a right answer that it says", True),
    "recall_at_5": ("an acceptable article among the first five", True),
    "mrr": ("one over the rank of the first acceptable article", True),
    "ndcg_at_10": ("discounted gain of the first acceptable article", True),
    "passage_recall": ("facts that stand in the ten passages read", True),
    "citation_precision": ("citations that carry their statement", True),
    "citation_recall": ("statements that their citations carry", True),
    "support_rate": ("statements with a citation", True),
    "cited_right": ("citations from an acceptable article", True),
    "quotes_true": ("quotations that stand in the article, verbatim", True),
    "judged_facts": ("facts that the judge model finds in it; beside fact_recall, never gated", None),
    "words": ("words of an answer", None),
    "first_token_ms": ("milliseconds until the first word", False),
    "total_ms": ("milliseconds in all", False),
    "input_tokens": ("tokens that a model read for the answer", None),
    "output_tokens": ("tokens that a model wrote for it", None),
    "cost_usd": ("US dollars a question", False),
    "judge_cost_usd": ("US dollars that judging it cost", None),
}
GOLD = "gold"


def score(
    case: Case, answer: Answer, hits: Sequence[Hit], articles: Mapping[str, Article], said: Mapping[str, bool]
) -> Scores:
    """All of ``METRICS`` but the judge's and tokens; ``said`` tells for every fact whether the answer says it.

    Acceptable articles are alternatives (an article and its translation), so they count as one relevant thing.
    """
    told = citing.stated(answer, articles) if answer.answered else []
    return (
        _decision(case, answer)
        | (_ranking(case, hits) if case.answerable else {})
        | {
            "fact_recall": (fact_recall(said) if answer.answered else 0.0) if case.answerable else None,
            "citation_precision": citing.citation_precision(told),
            "citation_recall": citing.citation_recall(told),
            "support_rate": citing.support_rate(told),
            "cited_right": citing.cited_right(answer.citations, case.articles) if case.answerable else None,
            "quotes_true": citing.quotes_true(answer.citations, articles),
            "words": float(len(answer.answer.split())) if answer.answered else None,
            "first_token_ms": answer.timings_ms.get("first_token"),
            "total_ms": answer.timings_ms.get("total"),
            "cost_usd": answer.cost_usd,
        }
    )


def _decision(case: Case, answer: Answer) -> Scores:
    name = "answered_right" if case.answerable else "refused_right"
    return {name: float(answer.answered == case.answerable)}


def _ranking(case: Case, hits: Sequence[Hit]) -> Scores:
    ranked = list(dict.fromkeys(GOLD if hit.article_id in case.articles else hit.article_id for hit in hits))
    read = " | ".join(normal(f"{hit.section} {hit.text}") for hit in hits)
    return {
        "recall_at_5": recall(ranked, {GOLD}, 5),
        "mrr": reciprocal_rank(ranked, {GOLD}),
        "ndcg_at_10": ndcg(ranked, {GOLD: 1.0}, 10),
        "passage_recall": sum(says(read, fact) for fact in case.facts) / len(case.facts),
    }
