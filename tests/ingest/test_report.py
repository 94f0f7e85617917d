"""The report in the shape other tools rely on."""

from ingest.report import Report


def test_counts_and_embeddings_are_always_there() -> None:
    assert Report(added=2, computed=5, reused=1).as_dict() == {
        "added": 2,
        "changed": 0,
        "removed": 0,
        "unchanged": 0,
        "rejected": [],
        "embeddings": {"computed": 5, "reused": 1},
    }


def test_renamed_articles_are_told_when_there_are_some() -> None:
    renamed = [{"source": "b/x.md", "wanted": "x", "article_id": "b/x"}]
    assert Report(renamed=renamed).as_dict()["renamed"] == renamed
