"""A hundred hostile documents in one run: it ends, tells each that it did not take, and takes the good ones."""

from pathlib import Path

from ingest.progress import quiet
from ingest.sources import Files
from ingest.sync import sync
from knowledge.wiring import Knowledge
from tests.ingest.hostile_documents import fill


def test_a_run_over_a_hundred_of_them_ends_names_each_and_takes_the_good_ones(
    base: Knowledge, articles: Path, tmp_path: Path
) -> None:
    names = fill(articles)
    assert len(names) >= 100
    for number in range(5):
        (articles / f"control{number}.md").write_text(f"# Control {number}\n\nNeedle {number} is zyx{number}.")
    before = {path for path in tmp_path.rglob("*") if base.folder not in path.parents}
    report = sync(base, [Files(str(articles), articles)], quiet)
    taken = {Path(known.origin).name for _, known in base.catalogue.known()}
    told = {Path(rejected["source"]).name for rejected in report.rejected}
    assert {*names} - taken - told == set()
    assert len(told) >= 40
    assert all(rejected["reason"] for rejected in report.rejected)
    searcher = base.searcher()
    for number in range(5):
        assert searcher.search(f"needle zyx{number}")[0].article_id == f"control{number}"
    assert {path for path in tmp_path.rglob("*") if base.folder not in path.parents} == before
    assert not Path("pwned").exists()
    texts = "".join(article.text for article in base.catalogue.articles())
    assert "root:" not in texts
    assert "\N{RIGHT-TO-LEFT OVERRIDE}" not in texts
