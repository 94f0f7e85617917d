"""Generations: one serves, the next is built beside it."""

from dataclasses import replace

from knowledge import generations
from knowledge.catalogue import Catalogue
from knowledge.embedder import Fingerprint
from tests.knowledge.made import make_article, make_chunks, write

FINGERPRINT = Fingerprint("hashing", "none", 256)


def active(catalogue: Catalogue) -> generations.Generation | None:
    with catalogue.engine.connect() as connection:
        return generations.active(connection)


def test_a_new_folder_has_none(catalogue: Catalogue) -> None:
    assert active(catalogue) is None


def test_a_generation_that_was_only_begun_does_not_serve(catalogue: Catalogue, generation: int) -> None:
    with catalogue.transaction() as connection:
        begun = generations.begin(connection, FINGERPRINT)
    serving = active(catalogue)
    assert serving is not None
    assert (serving.number, begun > generation) == (generation, True)


def test_activation_drops_the_others_with_their_chunks_and_keeps_the_articles(
    catalogue: Catalogue, generation: int
) -> None:
    article = make_article()
    write(catalogue, generation, article, "rye")
    with catalogue.transaction() as connection:
        begun = generations.begin(connection, FINGERPRINT)
        catalogue.write_chunks(connection, make_chunks(article, "rye bread"), "en", begun)
        generations.activate(connection, begun)
    assert catalogue.chunk_ids(generation) == set()
    assert catalogue.count(begun) == (1, 1)


def test_numbers_are_never_given_twice(catalogue: Catalogue, generation: int) -> None:
    with catalogue.transaction() as connection:
        generations.drop(connection, generation)
        assert generations.begin(connection, FINGERPRINT) > generation


def test_any_part_of_a_fingerprint_makes_it_another() -> None:
    others = [
        replace(FINGERPRINT, embedder="x"),
        replace(FINGERPRINT, weights="x"),
        replace(FINGERPRINT, dimension=8),
        replace(FINGERPRINT, question_prefix="x"),
        replace(FINGERPRINT, passage_prefix="x"),
        replace(FINGERPRINT, chunker="x"),
    ]
    assert len({fingerprint.digest for fingerprint in [FINGERPRINT, *others]}) == 7
