"""The catalogue: what is written is read back, wholly old or wholly new."""

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from knowledge.article import Block, Provenance
from knowledge.catalogue import FILE, Catalogue
from knowledge.errors import DataFolderError
from tests.knowledge.made import begin, make_article, make_chunks, write


def test_an_article_is_read_back_as_it_was_written(catalogue: Catalogue, generation: int) -> None:
    article = make_article()
    write(catalogue, generation, article, "flour")
    assert catalogue.article("bread") == article
    assert list(catalogue.articles()) == [article]
    assert catalogue.article("cake") is None


def test_known_tells_source_document_and_hash(catalogue: Catalogue, generation: int) -> None:
    article = make_article()
    write(catalogue, generation, article, "flour", source="shelf")
    write(catalogue, generation, make_article("cake"), "sugar", source="tin")
    known = ("shelf", "bread.md", article.content_hash, len(article.text))
    assert list(catalogue.known("shelf")) == [("bread", known)]
    assert [article_id for article_id, _ in catalogue.known()] == ["bread", "cake"]
    assert (catalogue.held("bread"), catalogue.held("rye")) == (known, None)
    assert (catalogue.size("shelf"), catalogue.size("elsewhere")) == ((1, len(article.text)), (0, 0))
    assert catalogue.sources() == {"shelf": 1, "tin": 1}


def test_writing_again_replaces_article_and_chunks(catalogue: Catalogue, generation: int) -> None:
    old = write(catalogue, generation, make_article(), "flour", "water")
    new = write(catalogue, generation, make_article(text="Rye."), "rye")
    assert not set(old) & set(new)
    assert catalogue.chunk_ids(generation) == set(new)
    assert catalogue.count(generation) == (1, 1)


def test_a_reader_sees_the_old_version_until_the_new_one_is_whole(catalogue: Catalogue, generation: int) -> None:
    old = write(catalogue, generation, make_article(), "flour")
    article = make_article(text="Rye.")
    with catalogue.transaction() as connection:
        catalogue.write(connection, article, Provenance("shelf", "x"), make_chunks(article, "rye"), generation)
        assert catalogue.article("bread") == make_article()
        assert catalogue.chunk_ids(generation) == set(old)
    assert catalogue.article("bread") == article


class Overtaken(Catalogue):
    """An ingest writes, once, while chunks are read: before the database is asked for those that are not kept."""

    meanwhile: Callable[[], object] | None = None

    def _chunks(self, *given: Any) -> list[tuple[Any, ...]]:
        if now := self.meanwhile:
            self.meanwhile = None
            now()
        return super()._chunks(*given)


def test_hits_that_are_kept_do_not_mix_with_those_of_a_newer_version(tmp_path: Path) -> None:
    catalogue = Overtaken(tmp_path)
    generation, old_article, new_article = begin(catalogue), make_article(), make_article(text="Rye and water.")
    old = write(catalogue, generation, old_article, "flour", "water")
    new = [chunk.chunk_id for chunk in make_chunks(new_article, "rye", "salt")]
    scored: dict[str, tuple[float, dict[str, float]]] = {one: (1.0, {}) for one in (*old, *new)}
    assert catalogue.hits(generation, {old[0]: (1.0, {})})  # kept from here on
    catalogue.meanwhile = lambda: write(catalogue, generation, new_article, "rye", "salt")
    assert {hit.text for hit in catalogue.hits(generation, scored)} == {"rye", "salt"}
    catalogue.close()


def test_a_write_that_fails_leaves_nothing_behind(catalogue: Catalogue, generation: int) -> None:
    old = write(catalogue, generation, make_article(), "flour")
    article = make_article(text="Rye.")
    twice = make_chunks(article, "rye", "rye")
    with pytest.raises(IntegrityError), catalogue.transaction() as connection:
        catalogue.write(connection, article, Provenance("shelf", "x"), twice, generation)
    assert catalogue.article("bread") == make_article()
    assert catalogue.chunk_ids(generation) == set(old)


def test_removing_an_article_removes_its_chunks_in_every_generation(catalogue: Catalogue, generation: int) -> None:
    write(catalogue, generation, make_article(), "flour")
    with catalogue.transaction() as connection:
        catalogue.remove(connection, ["bread", "never there"])
    assert catalogue.count(generation) == (0, 0)


def test_hits_come_best_first_and_unknown_ids_are_left_out(catalogue: Catalogue, generation: int) -> None:
    first, second = write(catalogue, generation, make_article(), "flour", "water")
    scored = {first: (0.2, {"bm25": 1.0}), second: (0.9, {"cosine": 0.7}), "orphan": (1.0, {"cosine": 1.0})}
    hits = catalogue.hits(generation, scored)
    assert [(hit.text, hit.score, dict(hit.stages)) for hit in hits] == [
        ("water", 0.9, {"cosine": 0.7}),
        ("flour", 0.2, {"bm25": 1.0}),
    ]
    assert (hits[0].title, hits[0].section, hits[0].language) == ("Bread", "Dough", "en")


def test_more_ids_than_a_statement_takes_are_read(catalogue: Catalogue, generation: int) -> None:
    texts = [f"loaf {number}" for number in range(1200)]
    ids = write(catalogue, generation, make_article(), *texts)
    assert catalogue.indexed_texts(generation, ids) == dict(zip(ids, texts, strict=True))


def test_a_section_is_given_whole_and_in_reading_order(catalogue: Catalogue, generation: int) -> None:
    article = make_article()
    made = make_chunks(article, "mix", "rest", "bake")
    with catalogue.transaction() as connection:
        catalogue.write(connection, article, Provenance("shelf", "x"), made[::-1], generation)
    assert [hit.text for hit in catalogue.section(generation, "bread", "Dough")] == ["mix", "rest", "bake"]
    assert catalogue.section(generation, "bread", "Elsewhere") == []


def test_languages_are_told_most_frequent_first(catalogue: Catalogue, generation: int) -> None:
    for number, language in enumerate(["nl", "en", "nl"]):
        write(catalogue, generation, make_article(f"a{number}", language=language), "x")
    assert catalogue.languages() == ["nl", "en"]


def test_the_vocabulary_of_a_letter_follows_what_is_written(catalogue: Catalogue, generation: int) -> None:
    write(catalogue, generation, make_article(), "rye rice", "rice flour")
    assert catalogue.vocabulary("r") == ["rice", "rye"]
    write(catalogue, generation, make_article("more"), "rye bread", "rye milk")
    assert catalogue.vocabulary("r") == ["rye", "rice"]
    assert catalogue.vocabulary("z") == []


def test_an_article_found_in_another_document_keeps_its_chunks(catalogue: Catalogue, generation: int) -> None:
    ids = write(catalogue, generation, make_article(), "flour")
    with catalogue.transaction() as connection:
        catalogue.move(connection, {"bread": "rye.md"})
    assert dict(catalogue.known())["bread"].origin == "rye.md"
    assert catalogue.chunk_ids(generation, "bread") == set(ids)


def test_blocks_keep_kind_and_path(catalogue: Catalogue, generation: int) -> None:
    write(catalogue, generation, make_article(), "flour")
    stored = catalogue.article("bread")
    assert stored is not None
    assert stored.blocks == (Block("paragraph", 0, 16, ("Dough", "Rest")),)


def test_a_catalogue_opens_again_with_what_it_had(tmp_path: Path) -> None:
    first = Catalogue(tmp_path)
    write(first, begin(first), make_article(), "flour")
    first.close()
    second = Catalogue(tmp_path)
    assert second.article("bread") == make_article()
    second.close()


@pytest.mark.parametrize("name", ["a folder", "what?", "50% #1 [x]", "brød"])
def test_a_folder_may_have_any_name(tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir()
    Catalogue(tmp_path / name).close()
    assert (tmp_path / name / FILE).exists()


def test_a_file_that_is_no_database_is_told_with_a_remedy(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"no database at all" * 100)
    with pytest.raises(DataFolderError, match="cannot be opened: file is not a database") as caught:
        Catalogue(tmp_path)
    assert "ingest again" in caught.value.hint


def test_a_catalogue_of_a_later_version_is_left_alone(tmp_path: Path) -> None:
    database = sqlite3.connect(tmp_path / FILE)
    database.execute("PRAGMA user_version = 99")
    database.close()
    with pytest.raises(DataFolderError, match="has schema 99") as caught:
        Catalogue(tmp_path)
    assert "--data-dir" in caught.value.hint
