"""Passages that follow each other are one."""

from assistant.neighbours import joined
from assistant.units import units
from knowledge.hit import Hit
from knowledge.wiring import Knowledge
from tests.assistant.hits import make_hit


def piece(start: int, text: str = "One.", score: float = 0.5, article: str = "a", section: str = "S") -> Hit:
    return make_hit(text, start=start, score=score, chunk_id=f"c{start}", section=section, article_id=article)


def places(hits: list[Hit]) -> list[tuple[int, int]]:
    return [(hit.start, hit.end) for hit in hits]


def test_neighbours_are_one_in_the_place_of_the_best() -> None:
    first, second, far = piece(0, score=0.4), piece(6, "Two.", score=0.9), piece(90, score=0.6)
    together, other = joined([second, far, first])
    assert (together.text, together.start, together.end) == ("One.\n\nTwo.", 0, 10)
    assert (together.score, together.chunk_id) == (0.9, "c6")
    assert together.blocks == first.blocks + second.blocks
    assert other == far


def test_a_passage_between_two_others_makes_one_of_three() -> None:
    assert places(joined([piece(0), piece(90), piece(12), piece(6)])) == [(0, 16), (90, 94)]


def test_sections_articles_and_gaps_keep_passages_apart() -> None:
    apart = [piece(0), piece(6, article="b"), piece(6, section="T"), piece(9)]
    assert joined(apart) == apart
    assert joined([]) == []


def test_every_quotation_of_a_joined_passage_is_the_articles_own(bundled_base: Knowledge) -> None:
    catalogue, generation = bundled_base.catalogue, bundled_base.generation()
    whole = 0
    for article in catalogue.articles():
        ids = catalogue.chunk_ids(generation, article.article_id)
        hits = sorted(catalogue.hits(generation, {one: (0.5, {}) for one in ids}), key=lambda hit: -hit.ordinal)
        for hit in joined(hits):
            whole += hit.text not in {one.text for one in hits}
            assert hit.text.split() == article.text[hit.start : hit.end].split()
            for unit in units(hit):
                assert unit.evidence.quote == article.text[unit.evidence.start : unit.evidence.end]
    assert whole
