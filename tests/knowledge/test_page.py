"""The page being read comes first where it fits."""

import pytest

from knowledge.candidate import Candidate
from knowledge.page import AHEAD, FITS, lifts

CARE = "https://www.example.org/care/"


def candidate(article: str, url: str | None = None) -> Candidate:
    return Candidate(article, article, article.title(), url, "en")


FOUND = [candidate("care", CARE), candidate("oil", "https://example.org/oil"), candidate("rain")]


@pytest.mark.parametrize(
    "page",
    [CARE, "http://example.org/care", "https://example.org/care?from=mail#top", "https://EXAMPLE.org/c%61re/"],
)
def test_one_page_under_many_addresses_is_one(page: str) -> None:
    assert lifts(FOUND, {"care": 0.8, "oil": 1.0, "rain": 0.1}, page) == {"care": pytest.approx(0.2 + AHEAD)}


def test_every_article_is_shown_by_the_server_also_one_with_an_address() -> None:
    scores = dict.fromkeys(("care", "oil", "rain"), 1.0)
    assert list(lifts(FOUND, scores, "http://127.0.0.1:8000/articles/rain")) == ["rain"]
    assert lifts(FOUND, scores, "http://127.0.0.1:8000/articles/oil") == {"oil": AHEAD}
    assert list(lifts([candidate("nl/fiets pomp")], {"nl/fiets pomp": 1.0}, "/articles/nl/fiets%20pomp")) == [
        "nl/fiets pomp"
    ]


def test_a_page_that_does_not_fit_or_is_not_found_is_not_lifted() -> None:
    assert lifts(FOUND, {"care": FITS - 0.01, "oil": 1.0, "rain": 0.1}, CARE) == {}
    assert lifts(FOUND[1:], {"oil": 1.0, "rain": 0.1}, CARE) == {}
    assert lifts(FOUND, {"care": 1.0, "oil": 1.0, "rain": 1.0}, "https://elsewhere.org/care") == {}


def test_every_passage_of_the_page_rises_by_the_same() -> None:
    other = Candidate("care 2", "care", "Care", CARE, "en")
    found = lifts([*FOUND, other], {"care": 0.8, "oil": 1.0, "rain": 0.0, "care 2": 0.1}, CARE)
    assert found == {"care": pytest.approx(0.21), "care 2": pytest.approx(0.21)}
