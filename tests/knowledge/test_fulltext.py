"""The full-text index, against BM25 worked out by hand."""

import math
from collections.abc import Sequence

import pytest
from sqlalchemy import text

from knowledge import fulltext, generations
from knowledge.catalogue import Catalogue
from knowledge.embedder import Fingerprint
from knowledge.terms import terms
from tests.knowledge.made import make_article, make_chunks, write


def find(catalogue: Catalogue, generation: int, wanted: Sequence[str], limit: int = 10) -> dict[str, float]:
    with catalogue.engine.connect() as connection:
        counts = fulltext.document_counts(connection, wanted)
        return fulltext.search(connection, wanted, counts, generation, limit)


def test_a_term_in_one_of_three_equally_long_chunks_scores_its_idf(catalogue: Catalogue, generation: int) -> None:
    rye, _, _ = write(catalogue, generation, make_article(), "rye flour", "wheat flour", "oat milk")
    # idf = ln((N - n + 0.5) / (n + 0.5)) = ln(2.5 / 1.5); the length is the average one, so the rest is 1
    assert find(catalogue, generation, ["rye"]) == {rye: pytest.approx(math.log(2.5 / 1.5), rel=1e-4)}


def test_a_rarer_term_and_a_shorter_chunk_rank_higher(catalogue: Catalogue, generation: int) -> None:
    texts = ("rye", "rye with many other word here", "flour flour", "flour", "flour dust", "milk", "egg", "egg white")
    short, long, *_ = write(catalogue, generation, make_article(), *texts)
    found = find(catalogue, generation, ["rye", "flour"])
    assert next(iter(found)) == short
    assert found[short] > found[long]
    assert len(found) == 5


def test_forms_of_a_word_find_each_other(catalogue: Catalogue, generation: int) -> None:
    (loaves,) = write(catalogue, generation, make_article(), "Kneading the doughs")
    assert list(find(catalogue, generation, terms("kneaded dough?", "en"))) == [loaves]


def test_the_limit_keeps_the_best(catalogue: Catalogue, generation: int) -> None:
    ids = write(catalogue, generation, make_article(), "rye rye rye", "rye flour milk", "egg", "oat", "salt")
    assert list(find(catalogue, generation, ["rye"], limit=1)) == ids[:1]


def test_no_terms_find_nothing(catalogue: Catalogue, generation: int) -> None:
    write(catalogue, generation, make_article(), "rye")
    assert find(catalogue, generation, []) == find(catalogue, generation, ["absent"]) == {}


@pytest.mark.parametrize("word", ["and", "or", "not", "near"])
def test_words_of_the_query_language_are_words(catalogue: Catalogue, generation: int, word: str) -> None:
    (chunk,) = write(catalogue, generation, make_article(language="xx"), f"{word} flour")
    assert list(find(catalogue, generation, [word])) == [chunk]


def test_removed_and_replaced_articles_are_not_found(catalogue: Catalogue, generation: int) -> None:
    write(catalogue, generation, make_article(), "rye")
    write(catalogue, generation, make_article(), "oat")
    assert find(catalogue, generation, ["rye"]) == {}
    with catalogue.transaction() as connection:
        catalogue.remove(connection, ["bread"])
    assert find(catalogue, generation, ["oat"]) == {}


def test_a_search_stays_in_its_generation(catalogue: Catalogue, generation: int) -> None:
    article = make_article()
    (old,) = write(catalogue, generation, article, "rye")
    with catalogue.transaction() as connection:
        other = generations.begin(connection, Fingerprint("other", "none", 8))
        catalogue.write_chunks(connection, make_chunks(article, "rye bread"), "en", other)
    assert list(find(catalogue, generation, ["rye"])) == [old]
    assert list(find(catalogue, generation, ["bread"])) == []


def test_a_generation_beside_it_takes_none_of_its_places(catalogue: Catalogue, generation: int) -> None:
    article = make_article()
    texts = [f"rye {'milk ' * more}" for more in range(1, 6)]
    weak = write(catalogue, generation, article, *texts)
    with catalogue.transaction() as connection:
        other = generations.begin(connection, Fingerprint("other", "none", 8))
        catalogue.write_chunks(connection, make_chunks(article, *(f"rye rye {text}" for text in texts)), "en", other)
    assert list(find(catalogue, generation, ["rye"], limit=2)) == weak[:2]
    assert list(find(catalogue, generation, ["rye"])) == weak


def test_merged_it_is_one_piece_that_finds_the_same(catalogue: Catalogue, generation: int) -> None:
    def pieces() -> int:
        with catalogue.engine.connect() as connection:
            return int(connection.execute(text("SELECT count(DISTINCT segid) FROM chunk_terms_idx")).scalar_one())

    for number in range(3):
        write(catalogue, generation, make_article(f"loaf{number}"), f"rye {number}", "oat")
    before = find(catalogue, generation, ["rye"]), pieces()
    with catalogue.transaction() as connection:
        fulltext.merge(connection)
    assert before == (find(catalogue, generation, ["rye"]), 3)
    assert pieces() == 1


def test_terms_are_counted_by_chunk(catalogue: Catalogue, generation: int) -> None:
    write(catalogue, generation, make_article(), "rye rye", "rye oat", "milk")
    with catalogue.engine.connect() as connection:
        assert fulltext.document_counts(connection, ["rye", "oat", "absent"]) == {"rye": 2, "oat": 1}


def test_the_first_line_of_a_chunk_counts_twice(catalogue: Catalogue, generation: int) -> None:
    texts = ("rye\nwheat milk", "wheat\nrye milk", "one\ntwo three", "four\nfive six", "egg\noat salt")
    heading, body, *_ = write(catalogue, generation, make_article(language="xx"), *texts)
    found = find(catalogue, generation, ["rye"])
    # BM25 at k1 = 1.2 and average length: f * 2.2 / (f + 1.2) is 1.375 for f = 2 and 1 for f = 1
    assert found[heading] == pytest.approx(1.375 * found[body], rel=1e-4)


def test_words_that_stand_side_by_side_as_asked_gain(catalogue: Catalogue, generation: int) -> None:
    texts = ("rye bread", "bread rye", "egg salt", "oat milk", "corn tea")
    asked, turned, *_ = write(catalogue, generation, make_article(language="xx"), *texts)
    found = find(catalogue, generation, ["rye", "bread"])
    # two terms in 2 of 5 chunks, and their pair in 1 of 5
    word, pair = math.log(3.5 / 2.5), math.log(4.5 / 1.5)
    assert found == pytest.approx({asked: 2 * word + fulltext.PAIR * pair, turned: 2 * word}, rel=1e-4)


def test_the_rarest_terms_are_searched_while_they_stand_in_few_chunks_together(
    catalogue: Catalogue, generation: int
) -> None:
    rye, wheat, oat, _ = write(catalogue, generation, make_article(), "rye flour", "wheat flour", "oat", "egg")

    def found(**counts: int) -> set[str]:
        with catalogue.engine.connect() as connection:
            return set(fulltext.search(connection, ["flour", "rye", "oat"], counts, generation, 10))

    assert found(rye=1, oat=2, flour=3) == {rye, wheat, oat}
    assert found(rye=1, oat=fulltext.COMMON - 1, flour=fulltext.COMMON) == {rye, oat}
    assert found(rye=1, oat=fulltext.COMMON, flour=fulltext.COMMON) == {rye}
    assert found(flour=fulltext.COMMON + 1) == {rye, wheat}
