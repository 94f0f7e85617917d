"""What an owner points at, and the documents found there."""

from pathlib import Path

import pytest

from ingest.site import Web
from ingest.sources import Files, bundled, find_source
from knowledge.errors import SourceNotFound, UsageError


def fill(folder: Path, *names: str) -> Files:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("Text.")
    return Files(str(folder), folder)


def test_documents_come_in_order_of_name_with_ids_from_their_path(tmp_path: Path) -> None:
    source = fill(tmp_path, "b.md", "a.txt", "sub/deep/c.v1.md")
    assert [document.article_id for document in source.documents()] == ["a", "b", "sub/deep/c.v1"]


def test_files_of_every_type_are_documents_since_the_reader_tells_why_not(tmp_path: Path) -> None:
    assert [document.path.name for document in fill(tmp_path, "a.docx", "b").documents()] == ["a.docx", "b"]


def test_hidden_files_and_folders_are_passed_over(tmp_path: Path) -> None:
    source = fill(tmp_path, ".git/a.md", ".hidden.md", "b.md")
    assert [document.article_id for document in source.documents()] == ["b"]


def test_links_to_folders_are_not_followed(tmp_path: Path) -> None:
    source = fill(tmp_path / "here", "a.md")
    (tmp_path / "here" / "loop").symlink_to(tmp_path / "here")
    assert [document.article_id for document in source.documents()] == ["a"]


def test_a_single_file_is_a_source_with_its_stem_as_id(tmp_path: Path) -> None:
    fill(tmp_path, "rye bread.md")
    source = find_source(str(tmp_path / "rye bread.md"))
    assert [document.about.article_id for document in source.documents()] == ["rye bread"]


def test_a_path_is_known_by_its_absolute_form(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(tmp_path, "shelf/a.md")
    monkeypatch.chdir(tmp_path)
    assert find_source("shelf/../shelf").key == find_source("shelf").key == str(tmp_path / "shelf")


def test_the_bundled_articles_are_a_source_by_name() -> None:
    assert find_source("bundled") == bundled()
    assert bundled().name == "bundled"
    assert [document for document in bundled().documents() if document.path.suffix == ".md"]


def test_a_path_that_is_not_there_is_repeated() -> None:
    with pytest.raises(SourceNotFound, match="no file or folder '/no/such place'"):
        find_source("/no/such place")


@pytest.mark.parametrize("given", ["ftp://example.org/a", "file:///etc/passwd"])
def test_an_address_of_another_kind_is_told_as_one(given: str) -> None:
    with pytest.raises(SourceNotFound, match=f"'{given}' is no address that is read") as caught:
        find_source(given)
    assert "http:// or https://" in caught.value.hint


@pytest.mark.parametrize("given", ["https://", "https:///page", "crawl:http://[::1"])
def test_an_address_without_a_host_is_told_before_anything_is_fetched(given: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is not an address of a site"):
        find_source(given, Web(tmp_path))
