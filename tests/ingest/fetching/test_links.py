"""One spelling for each address, and none for a trap's."""

import pytest

from ingest.fetching.links import normalised, runs_in_circles, same_site

BASE = "https://Example.org/a/b"


@pytest.mark.parametrize(
    ("link", "found"),
    [
        ("c", "https://example.org/a/c"),
        ("/c#part", "https://example.org/c"),
        ("../c", "https://example.org/c"),
        ("?b=2&a=1", "https://example.org/a/b?a=1&b=2"),
        ("/c?utm_source=x&fbclid=y&id=3", "https://example.org/c?id=3"),
        ("https://EXAMPLE.org:443", "https://example.org/"),
        ("http://example.org:8080/c", "http://example.org:8080/c"),
        ("https://bücher.example/c", "https://xn--bcher-kva.example/c"),
        ("javascript:alert(1)", None),
        ("mailto:a@example.org", None),
        ("/picture.PNG", None),
        ("https://[broken", None),
        ("http://example.org:99999/", None),
    ],
)
def test_addresses_are_normalised(link: str, found: str | None) -> None:
    assert normalised(link, BASE) == found


@pytest.mark.parametrize(
    ("other", "same"),
    [
        ("http://www.example.org/x", True),
        ("https://example.org:443/", True),
        ("https://sub.example.org/", False),
        ("https://example.org:8443/", False),
        ("https://example.org.evil.test/", False),
    ],
)
def test_a_site_is_its_host_and_port(other: str, same: bool) -> None:
    assert same_site("https://example.org/", other) is same


def test_circles_are_told_by_a_path_that_repeats_itself_or_has_no_end() -> None:
    assert runs_in_circles("https://example.org/a/x/a/x/a/")
    assert runs_in_circles("https://example.org/" + "/".join(map(str, range(30))))
    assert runs_in_circles("https://example.org/" + "a" * 3000)
    assert not runs_in_circles("https://example.org/docs/2026/docs/intro")
