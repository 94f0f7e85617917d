"""What a run has seen is found again, by article and by document, whatever a document is called."""

from ingest.seen import Seen

NO_TEXT = b"caf\xe9.md".decode("utf-8", "surrogateescape")


def test_articles_are_found_with_their_document() -> None:
    seen = Seen()
    assert not seen
    seen.add("rye", "bread/rye.md")
    assert seen
    assert (seen.origin("rye"), seen.origin("wheat")) == ("bread/rye.md", None)


def test_documents_that_could_not_be_read_are_no_articles() -> None:
    seen = Seen()
    for _ in range(2):
        seen.add_unreadable("a.md")
        seen.add_unreadable(NO_TEXT)
    assert seen.is_unreadable("a.md")
    assert seen.is_unreadable(NO_TEXT)
    assert not seen.is_unreadable("b.md")
    assert not seen


def test_two_runs_know_nothing_of_each_other() -> None:
    one, other = Seen(), Seen()
    one.add("rye", "rye.md")
    assert other.origin("rye") is None
