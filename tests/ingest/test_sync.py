"""Sync: the base says what the sources say, at the price of what changed."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ingest.progress import Step, quiet
from ingest.rebuild import rebuild
from ingest.removal import remove_source
from ingest.report import Report
from ingest.sources import find_source
from ingest.sync import Options, sync
from knowledge.errors import IndexEmpty, IndexMismatch, NoArticles, UsageError
from knowledge.wiring import Knowledge
from tests.knowledge.test_wiring import Retrained

BREAD = "# Bread\n\nA loaf needs flour.\n\n## Oven\n\nBake it hot.\n\n## Cooling\n\nLet it rest on a rack."
BEES = "# Bees\n\nA colony has one queen."

Ingest = Callable[..., Report]


def run(base: Knowledge, *folders: Path, dry_run: bool = False, options: Options | None = None) -> Report:
    return sync(base, [find_source(str(folder)) for folder in folders], quiet, options or Options(dry_run))


def write(folder: Path, **files: str) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / f"{name}.md").write_text(text)
    return folder


def counts(report: Report) -> tuple[int, int, int, int]:
    return report.added, report.changed, report.removed, report.unchanged


def state(base: Knowledge) -> dict[str, Any]:
    """Everything a reader can see, and the vectors."""
    generation = base.generation()
    return {
        "articles": {article.article_id: article for article in base.catalogue.articles()},
        "known": dict(base.catalogue.known()),
        "chunks": base.catalogue.chunk_ids(generation),
        "vectors": base.vectors.ids(generation),
    }


def found(base: Knowledge, question: str) -> str:
    return base.searcher().search(question)[0].article_id


def test_the_first_run_adds_and_embeds_everything(base: Knowledge, ingest: Ingest) -> None:
    report = ingest(bread=BREAD, bees=BEES)
    assert counts(report) == (2, 0, 0, 0)
    assert (report.computed, report.reused) == (4, 0)
    now = state(base)
    assert now["vectors"] == now["chunks"]
    assert len(now["chunks"]) == 4


def test_the_second_run_computes_nothing(base: Knowledge, ingest: Ingest) -> None:
    ingest(bread=BREAD, bees=BEES)
    before = state(base)
    report = ingest()
    assert counts(report) == (0, 0, 0, 2)
    assert (report.computed, report.reused) == (0, 4)
    assert state(base) == before


def test_an_edit_of_one_paragraph_embeds_its_chunk_only(base: Knowledge, ingest: Ingest) -> None:
    ingest(bread=BREAD, bees=BEES)
    report = ingest(bread=BREAD.replace("Bake it hot.", "Bake it very hot."))
    assert counts(report) == (0, 1, 0, 1)
    assert (report.computed, report.reused) == (1, 3)
    now = state(base)
    assert now["vectors"] == now["chunks"]


def test_a_change_of_metadata_alone_embeds_nothing(base: Knowledge, ingest: Ingest) -> None:
    ingest(bread=BREAD)
    report = ingest(bread=f"---\nauthor: A. Baker\n---\n{BREAD}")
    assert (counts(report), report.computed) == ((0, 1, 0, 0), 0)
    assert state(base)["articles"]["bread"].author == "A. Baker"


def test_a_file_that_vanished_goes_from_the_base_and_from_search(
    base: Knowledge, ingest: Ingest, articles: Path
) -> None:
    ingest(bread=BREAD, bees=BEES)
    (articles / "bees.md").unlink()
    assert counts(ingest()) == (0, 0, 1, 1)
    now = state(base)
    assert now["articles"].keys() == {"bread"}
    assert now["vectors"] == now["chunks"]
    assert {hit.article_id for hit in base.searcher().search("queen of the colony")} == {"bread"}


def test_a_rejected_file_is_told_and_keeps_its_earlier_version(base: Knowledge, ingest: Ingest, articles: Path) -> None:
    ingest(bread=BREAD, bees=BEES)
    before = state(base)
    (articles / "bees.md").write_bytes(b"\xff broken")
    report = ingest()
    assert counts(report) == (0, 0, 0, 1)
    assert report.rejected == [
        {"source": str(articles / "bees.md"), "reason": "not UTF-8 (byte 0xff at offset 0); save it as UTF-8"}
    ]
    assert state(base) == before


def test_a_renamed_file_with_an_id_is_the_same_article_and_keeps_it_when_it_breaks(
    base: Knowledge, ingest: Ingest, articles: Path
) -> None:
    ingest(bread=BREAD, bees=f"---\nid: insects/bees\n---\n{BEES}")
    (articles / "bees.md").rename(articles / "honey.md")
    assert counts(ingest()) == (0, 0, 0, 2)
    (articles / "honey.md").write_bytes(b"\xff broken")
    assert counts(ingest()) == (0, 0, 0, 1)
    assert "insects/bees" in state(base)["articles"]


def test_a_renamed_file_without_an_id_is_another_article(base: Knowledge, ingest: Ingest, articles: Path) -> None:
    ingest(bread=BREAD, bees=BEES)
    (articles / "bees.md").rename(articles / "honey.md")
    assert counts(ingest()) == (1, 0, 1, 1)
    assert state(base)["articles"].keys() == {"bread", "honey"}


def test_a_file_of_an_unknown_type_is_told_and_stops_nothing(ingest: Ingest, articles: Path) -> None:
    (articles / "bread.odt").write_bytes(b"PK")
    report = ingest(bees=BEES)
    assert counts(report) == (1, 0, 0, 0)
    assert report.rejected[0]["reason"].startswith("unknown type .odt")


def test_the_same_id_twice_in_a_source_is_rejected_with_both_names(
    base: Knowledge, ingest: Ingest, articles: Path
) -> None:
    report = ingest(one=f"---\nid: x\n---\n{BREAD}", two=f"---\nid: x\n---\n{BEES}")
    assert counts(report) == (1, 0, 0, 0)
    assert report.rejected == [
        {
            "source": str(articles / "two.md"),
            "reason": f"has the id 'x' of {articles / 'one.md'}; give one of them another `id:`",
        }
    ]
    assert state(base)["articles"]["x"].title == "Bread"


def test_a_source_never_touches_anothers_articles(base: Knowledge, tmp_path: Path) -> None:
    run(base, write(tmp_path / "a", bread=BREAD))
    report = run(base, write(tmp_path / "b", bees=BEES))
    assert counts(report) == (1, 0, 0, 0)
    assert base.catalogue.sources() == {str(tmp_path / "a"): 1, str(tmp_path / "b"): 1}


def test_an_id_of_another_source_gets_the_sources_name_in_front(base: Knowledge, tmp_path: Path) -> None:
    a, b = write(tmp_path / "a", page=BREAD), write(tmp_path / "b", page=BEES)
    report = run(base, a, b)
    assert report.renamed == [{"source": str(b / "page.md"), "wanted": "page", "article_id": "b/page"}]
    articles = state(base)["articles"]
    assert {key: article.title for key, article in articles.items()} == {"page": "Bread", "b/page": "Bees"}
    assert counts(run(base, a, b)) == (0, 0, 0, 2)


def test_sources_of_one_name_do_not_take_each_others_articles(base: Knowledge, tmp_path: Path) -> None:
    folders = []
    for parent, text in (("x", BREAD), ("y", BEES), ("z", "# Bikes\n\nTwo wheels.")):
        (tmp_path / parent).mkdir()
        folders.append(write(tmp_path / parent / "docs", page=text))
    run(base, *folders)
    titles = {key: article.title for key, article in state(base)["articles"].items()}
    assert titles == {"page": "Bread", "docs/page": "Bees", "docs-2/page": "Bikes"}
    assert counts(run(base, *folders)) == (0, 0, 0, 3)
    (folders[1] / "page.md").unlink()
    write(folders[1], other=BEES)
    run(base, folders[1])
    assert state(base)["articles"].keys() == {"page", "other", "docs-2/page"}


def test_a_single_file_is_a_source(base: Knowledge, tmp_path: Path) -> None:
    folder = write(tmp_path / "a", bread=BREAD, bees=BEES)
    assert counts(run(base, folder / "bees.md")) == (1, 0, 0, 0)
    assert found(base, "queen") == "bees"


@pytest.mark.parametrize("content", [{}, {"broken.md": b"\xff", "page.docx": b"PK"}])
def test_a_source_that_lost_its_articles_is_reported_and_nothing_is_lost(
    base: Knowledge, ingest: Ingest, articles: Path, content: dict[str, bytes]
) -> None:
    ingest(bread=BREAD, bees=BEES)
    before = state(base)
    for path in articles.iterdir():
        path.unlink()
    for name, data in content.items():
        (articles / name).write_bytes(data)
    report = ingest()
    assert len(report.rejected) == len(content) + 1
    assert "nothing was changed" in report.rejected[-1]["reason"]
    assert state(base) == before


def test_a_base_that_stays_empty_is_an_error(base: Knowledge, articles: Path) -> None:
    (articles / "broken.md").write_bytes(b"\xff")
    with pytest.raises(NoArticles, match="1 files rejected, the first: not UTF-8"):
        run(base, articles)


def test_a_dry_run_tells_and_changes_nothing(base: Knowledge, ingest: Ingest, articles: Path) -> None:
    ingest(bread=BREAD, bees=BEES)
    before = state(base)
    (articles / "bees.md").unlink()
    write(articles, bread=BREAD + " Slowly.", bikes="# Bikes\n\nTwo wheels.")
    report = run(base, articles, dry_run=True)
    assert counts(report) == (1, 1, 1, 0)
    assert report.computed == 0
    assert state(base) == before


def test_a_dry_run_in_a_new_folder_binds_it_to_no_embedder(base: Knowledge, articles: Path) -> None:
    assert counts(run(base, write(articles, bread=BREAD), dry_run=True)) == (1, 0, 0, 0)
    with pytest.raises(IndexEmpty):
        base.generation()


def test_more_articles_than_one_batch_are_written_and_progress_is_told(base: Knowledge, articles: Path) -> None:
    write(articles, **{f"page{number}": f"# Page {number}\n\nText {number}." for number in range(70)})
    told: list[Step] = []
    report = sync(base, [find_source(str(articles))], told.append)
    assert counts(report) == (70, 0, 0, 0)
    assert str(told[-1]) == "70 of 70 articles written, 70 chunks embedded"


def test_another_fingerprint_is_refused_and_rebuild_mends_it(base: Knowledge, ingest: Ingest, articles: Path) -> None:
    ingest(bread=BREAD, bees=BEES)
    before = state(base)
    base.embedder = Retrained()
    with pytest.raises(IndexMismatch):
        run(base, articles)
    report = rebuild(base, quiet)
    assert (report.changed, report.computed) == (2, 4)
    assert state(base) == before
    assert counts(run(base, articles)) == (0, 0, 0, 2)
    assert found(base, "queen") == "bees"


def test_a_rebuild_gives_the_same_hits(base: Knowledge, ingest: Ingest) -> None:
    ingest(bread=BREAD, bees=BEES)
    before = base.searcher().search("hot oven")
    old = base.generation()
    rebuild(base, quiet)
    assert base.generation() > old
    after = base.searcher().search("hot oven")
    assert [hit.as_dict() for hit in after] == [
        hit.as_dict() | {"score": pytest.approx(hit.score, abs=1e-6)} for hit in before
    ]
    assert base.vectors.ids(old) == base.catalogue.chunk_ids(old) == set()


def test_a_rebuild_needs_no_source(base: Knowledge, ingest: Ingest, articles: Path) -> None:
    ingest(bread=BREAD)
    (articles / "bread.md").unlink()
    rebuild(base, quiet)
    assert found(base, "flour") == "bread"


def test_removing_a_source_removes_its_articles_only(base: Knowledge, tmp_path: Path) -> None:
    a, b = write(tmp_path / "a", bread=BREAD), write(tmp_path / "b", bees=BEES)
    run(base, a, b)
    assert counts(remove_source(base, str(b))) == (0, 0, 1, 0)
    now = state(base)
    assert now["articles"].keys() == {"bread"}
    assert now["vectors"] == now["chunks"]


def test_removing_an_unknown_source_names_the_known_ones(base: Knowledge, ingest: Ingest, articles: Path) -> None:
    with pytest.raises(UsageError) as caught:
        remove_source(base, "elsewhere")
    assert "are: none" in caught.value.hint
    ingest(bread=BREAD)
    with pytest.raises(UsageError, match="no source 'elsewhere'") as caught:
        remove_source(base, "elsewhere")
    assert str(articles) in caught.value.hint
