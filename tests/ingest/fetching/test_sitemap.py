"""Sitemaps: pages, indexes, gzip, and files that are none."""

import gzip

import pytest

from ingest.fetching.failures import NotFetched
from ingest.fetching.page import Page
from ingest.fetching.sitemap import Sitemap, addresses, parse

NS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
PAGES = f"<?xml version='1.0'?><urlset {NS}><url><loc> https://a.test/1 </loc></url><url><loc>https://a.test/2</loc></url></urlset>"
INDEX = f"<sitemapindex {NS}><sitemap><loc>https://a.test/s.xml.gz</loc></sitemap></sitemapindex>"
BOMB = "<!DOCTYPE b [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;'>]><urlset><url><loc>&b;</loc></url></urlset>"
FILE = "<!DOCTYPE f [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><urlset><url><loc>&x;</loc></url></urlset>"


def served(body: bytes) -> Page:
    return Page("https://a.test/s.xml.gz", "", body)


def test_pages_are_listed_with_and_without_gzip() -> None:
    wanted = Sitemap(("https://a.test/1", "https://a.test/2"), ())
    assert parse(PAGES.encode()) == parse(gzip.compress(PAGES.encode())) == wanted


def test_an_index_leads_to_its_sitemaps_and_round_in_no_circle() -> None:
    index = parse(INDEX.encode())
    assert index is not None
    assert list(addresses(index, lambda url: served(gzip.compress(PAGES.encode())))) == [
        "https://a.test/1",
        "https://a.test/2",
    ]
    assert list(addresses(index, lambda url: served(INDEX.encode()))) == []


@pytest.mark.parametrize("data", [b"", b"<html><p>x", b"plain", b"\x89PNG", b"<feed/>"])
def test_what_is_no_sitemap_is_told_apart(data: bytes) -> None:
    assert parse(data) is None


@pytest.mark.parametrize("data", [BOMB, FILE])
def test_entities_are_not_resolved(data: str) -> None:
    found = parse(data.encode())
    assert found is None or found.pages == ()


def test_a_sitemap_that_is_missing_from_an_index_is_an_error() -> None:
    index = parse(INDEX.encode())
    assert index is not None
    with pytest.raises(NotFetched, match=r"https://a.test/s.xml.gz is none"):
        list(addresses(index, lambda url: served(b"<html>")))


def test_a_bomb_is_not_unpacked() -> None:
    with pytest.raises(NotFetched, match="once unpacked"):
        parse(gzip.compress(b"0" * 60_000_000))
